"""The lifecycle of an idea."""

from activity.workflow import Lifecycle
from proposals.ideas.models import Idea, Status
from proposals.ideas.steps import STEPS

IDEA = Lifecycle(name="idea", model=Idea, statuses=Status, born=(Status.NEW,), steps=STEPS)
