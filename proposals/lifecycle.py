"""The lifecycle of a proposal: every step of every part, in the order in which they happen."""

from activity.actors import Actor
from activity.workflow import Lifecycle
from proposals.decision import steps as decision
from proposals.draft import rules
from proposals.draft import steps as draft
from proposals.draft.models import Proposal, Status
from proposals.review import steps as review

# The team hears of the outcome by its letter, and before it not even that somebody decided.
BEFORE_THE_LETTER = frozenset(
    step.name for step in (decision.COUNTERSIGN, decision.DECIDE, decision.RECALL)
)


def kept_from(actor: Actor, proposal: Proposal) -> frozenset[str]:
    """The steps of which the team may not know when they were taken."""
    return BEFORE_THE_LETTER if rules.is_member(actor, proposal) else frozenset()


LIFECYCLE = Lifecycle(
    name="proposal",
    model=Proposal,
    statuses=Status,
    born=(Status.DRAFT,),
    steps=(*draft.STEPS, *review.STEPS, *decision.STEPS),
    kept_from=kept_from,
)
