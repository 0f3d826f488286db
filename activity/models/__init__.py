"""The tables of what happened, who was told, and who may come in by a link."""

from activity.models.counters import ClockMove, Counter, DoorCount
from activity.models.events import Event
from activity.models.links import Link, LinkCode
from activity.models.outbox import Notification
from activity.models.presence import Presence

__all__ = [
    "ClockMove",
    "Counter",
    "DoorCount",
    "Event",
    "Link",
    "LinkCode",
    "Notification",
    "Presence",
]
