"""The lifecycle of a vote of staff."""

from activity.workflow import Lifecycle
from proposals.ballot.models import Ballot, Status
from proposals.ballot.steps import STEPS

BALLOT = Lifecycle(
    name="ballot",
    model=Ballot,
    statuses=Status,
    # One that was held elsewhere is over when a team enters its result.
    born=(Status.PREPARING, Status.CLOSED),
    steps=STEPS,
)
