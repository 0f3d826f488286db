"""What this app makes known when it is ready: lifecycles and the subjects of messages."""

from __future__ import annotations

from activity import subjects, workflow
from activity.models import Notification
from pathfinders.journey import steps as journey
from pathfinders.register import steps as register
from pathfinders.register.choices import STAGES, Status
from pathfinders.register.models import Pathfinder


def everything() -> None:
    """Make this app's records known to the house."""
    workflow.register(PATHFINDER)
    subjects.register(
        subjects.Subject(
            model=Pathfinder,
            address=lambda notification, pathfinder: pathfinder.get_absolute_url(),
            guard=may_still_see,
        )
    )


PATHFINDER = workflow.Lifecycle(
    name="pathfinder",
    model=Pathfinder,
    statuses=Status,
    born=STAGES,
    steps=(*journey.STEPS, *register.STEPS),
)


def may_still_see(notification: Notification, record: Pathfinder) -> str | None:
    """Hold mail to somebody who may no longer see what it speaks of."""
    if notification.user is None:
        return "no-account"
    visible = type(record).objects.visible_to(notification.user).filter(pk=record.pk)
    return None if visible.exists() else "not-theirs"
