"""The lifecycle of a vote of staff."""

from activity.workflow import Lifecycle
from proposals.ballot.models import Ballot, Status
from proposals.ballot.steps import STEPS

BALLOT = Lifecycle(
    name="ballot", model=Ballot, statuses=Status, born=(Status.PREPARING,), steps=STEPS
)
