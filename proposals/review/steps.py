"""The steps of officials who read a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import attrgetter, or_

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.people import holders
from activity import clock
from activity.actors import Actor
from activity.models import Event
from activity.workflow import Answer, Step, Tell, because
from proposals.draft import effects, hindrances, rules
from proposals.draft.models import ConflictDeclaration, Member, Proposal, Status, barred_from
from proposals.draft.models.proposal import OFFICIALS
from proposals.draft.openness import signatures
from proposals.draft.questions import Stage
from proposals.draft.safety import documents_are_safe
from proposals.draft.steps import signed, team


def as_reviewer(actor: Actor, proposal: Proposal) -> Answer:
    return rules.official(actor, proposal, Role.REVIEWER)


def free(proposal: Proposal, *roles: Role) -> QuerySet[User]:
    """Everybody who may open the case: holds a role today, has no conflict, not in the team.

    roles: one of which they hold; any of an official's where none is named.
    """
    today = clock.today()
    holding = reduce(or_, (holders(role, today) for role in roles or OFFICIALS))
    members = Member.objects.current().filter(proposal=proposal)
    return holding.exclude(barred_from(proposal)).exclude(pk__in=members.values("user"))


def officials(proposal: Proposal) -> QuerySet[User]:
    """Everybody who reads the case: may open it, and declared no conflict."""
    declared = ConflictDeclaration.objects.filter(proposal=proposal, is_conflict=False)
    return free(proposal).filter(pk__in=declared.values("user"))


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
