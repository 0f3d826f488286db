"""The steps from a recommendation to a released letter."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from activity.actors import Actor
from activity.workflow import Step, Tell
from proposals.decision import effects, rules
from proposals.decision.models import Outcome
from proposals.draft.effects import void_signatures
from proposals.draft.models import Proposal, Status
from proposals.draft.readers import free
from proposals.draft.steps import team


def decision_makers(proposal: Proposal, by: Actor) -> list[User]:
    """Every decision maker but the actor: no conflict, not in the team."""
    return [person for person in free(proposal, Role.DECISION_MAKER) if person != by]


def next_in_chain(proposal: Proposal, by: Actor) -> Iterable[User]:
    """Everybody who may make the next link, now that the actor made one."""
    # Whoever just recommended is the actor, and that recommendation is written after this.
    chain = rules.standing_recommendation(proposal)
    barred = rules.barred_by(chain, Status(proposal.status)) if chain else set()
    return [person for person in decision_makers(proposal, by) if person.pk not in barred]


def outcome(proposal: Proposal) -> str:
    """The status that the standing decision leads to."""
    chain = rules.standing_recommendation(proposal)
    return chain.outcome if chain is not None else ""


RECOMMEND = Step(
    name="recommend",
    label=_("Recommend"),
    sources=(Status.ASSESSING,),
    to=Status.RECOMMENDED,
    allowed=rules.can_recommend,
    tell=(Tell("proposal.recommend", to=next_in_chain),),
)
COUNTERSIGN = Step(
    name="countersign",
    label=_("Countersign"),
    sources=(Status.RECOMMENDED,),
    to=Status.COUNTERSIGNED,
    allowed=rules.can_countersign,
    tell=(Tell("case.countersign", to=next_in_chain),),
)
SEND_BACK = Step(
    name="send_back",
    label=_("Send back"),
    sources=(Status.RECOMMENDED, Status.COUNTERSIGNED),
    to=Status.ASSESSING,
    allowed=rules.can_countersign,
)
DECIDE = Step(
    name="decide",
    label=_("Decide"),
    sources=(Status.COUNTERSIGNED,),
    to=Status.DECIDED,
    allowed=rules.can_decide,
)
DEFER = Step(
    name="defer",
    label=_("Ask the team once more"),
    sources=(Status.RECOMMENDED, Status.COUNTERSIGNED),
    to=Status.CHANGES_REQUESTED,
    allowed=rules.can_defer,
    effects=(void_signatures,),
    tell=(Tell("proposal.ask_changes", to=team, due=attrgetter("answer_by")),),
)
RECALL = Step(
    name="recall",
    label=_("Take the decision back"),
    sources=(Status.DECIDED,),
    to=Status.COUNTERSIGNED,
    allowed=rules.can_recall,
)
RELEASE = Step(
    name="release",
    label=_("Release the letter"),
    sources=(Status.DECIDED,),
    to=outcome,
    results=tuple(Outcome.values),
    allowed=rules.can_release,
    locks=effects.entry_of,
    effects=(effects.open_entry,),
    tell=(Tell("proposal.decided", to=team),),
)

STEPS = (RECOMMEND, COUNTERSIGN, SEND_BACK, DECIDE, DEFER, RECALL, RELEASE)
