"""The lifecycle of a proposal: every step of every part, in the order in which they happen."""

from activity.workflow import Lifecycle
from proposals.decision import steps as decision
from proposals.draft import steps as draft
from proposals.draft.models import Proposal, Status
from proposals.review import steps as review

LIFECYCLE = Lifecycle(
    name="proposal",
    model=Proposal,
    statuses=Status,
    born=(Status.DRAFT,),
    steps=(*draft.STEPS, *review.STEPS, *decision.STEPS),
)
