"""The steps of officials who read a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from activity.actors import Actor
from activity.models import Event
from activity.workflow import Answer, Step, Tell, because
from proposals.draft import effects, hindrances, rules
from proposals.draft.models import Proposal, Status
from proposals.draft.openness import signatures
from proposals.draft.questions import Stage
from proposals.draft.readers import free, officials
from proposals.draft.safety import documents_are_safe
from proposals.draft.steps import signed, team


def as_reviewer(actor: Actor, proposal: Proposal) -> Answer:
    return rules.official(actor, proposal, Role.REVIEWER)


def readers(proposal: Proposal, by: Actor) -> Iterable[User]:
    """Everybody who reads the case, for a step."""
    return officials(proposal)


def leave_to_others(proposal: Proposal, by: Actor, event: Event) -> None:
    """Take a case off whoever answers for it and may not open it: its employer may be another now."""
    lead = proposal.lead_reviewer_id
    if lead is not None and not free(proposal).filter(pk=lead).exists():
        proposal.lead_reviewer = None
        proposal.save(update_fields=["lead_reviewer"])


def can_resubmit(actor: Actor, proposal: Proposal) -> Answer:
    answer = rules.only_the_lead(actor, proposal)
    if answer and not signatures(proposal):
        return because(gettext("Ask people to sign it first."))
    answer = answer and signed(proposal) and hindrances.answer(proposal, Stage.SIGN)
    return answer and documents_are_safe(proposal)


BEGIN = Step(
    name="begin",
    label=_("Begin assessment"),
    sources=(Status.SUBMITTED,),
    to=Status.ASSESSING,
    allowed=as_reviewer,
    tell=(Tell("proposal.begin", to=team),),
)
RETURN_INCOMPLETE = Step(
    name="return_incomplete",
    label=_("Return as incomplete"),
    sources=(Status.SUBMITTED,),
    to=Status.DRAFT,
    allowed=as_reviewer,
    effects=(effects.void_signatures,),
    tell=(Tell("proposal.return_incomplete", to=team),),
)

ASK_CHANGES = Step(
    name="ask_changes",
    label=_("Ask the team for changes"),
    sources=(Status.ASSESSING,),
    to=Status.CHANGES_REQUESTED,
    allowed=as_reviewer,
    # The signatures were given for the version that was read, and stand beside it.
    effects=(effects.void_signatures,),
    tell=(Tell("proposal.ask_changes", to=team, due=attrgetter("answer_by")),),
)
RESUBMIT = Step(
    name="resubmit",
    label=_("Send the new version"),
    sources=(Status.CHANGES_REQUESTED,),
    to=Status.ASSESSING,
    allowed=can_resubmit,
    effects=(effects.freeze_version, leave_to_others),
    tell=(Tell("proposal.resubmit", to=readers),),
)

STEPS = (BEGIN, RETURN_INCOMPLETE, ASK_CHANGES, RESUBMIT)
