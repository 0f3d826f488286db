"""The clocks of enquiries that run, worked out anew from what happened to them."""

from __future__ import annotations

import datetime
from functools import partial

from activity.actors import System
from activity.models import Event
from activity.transactions import in_one_piece, lock, tried
from advice.intake import clocks
from advice.intake.models import Enquiry

REBUILDING = System("rebuilding")
# Nobody was promised a part of a minute.
A_MINUTE = datetime.timedelta(minutes=1)
DUE = ("clock_from", "due_at", "resolve_due_at")


def rebuild_running() -> int:
    """Work out the clocks of what runs or is paused. Return how many have moved.

    They move when the calendar has changed, or the days on which the line is closed. What is over
    keeps the times that it had: they are how it went.
    """
    found = Enquiry.objects.open().select_related("policy").order_by("pk")
    moved = (each for each in found.iterator() if _worked_out(each))
    return sum(tried(partial(rebuild, each), "clock_not_had") for each in moved)


@in_one_piece
def rebuild(enquiry: Enquiry) -> bool:
    """Work out the clocks of one anew and keep them. False when they stay or it is over by now."""
    fresh = lock(Enquiry, enquiry.pk)
    if not fresh.is_open or not _worked_out(fresh):
        return False
    fresh.save(update_fields=DUE)
    days = {"due_on": fresh.due_at.date(), "resolve_due_on": fresh.resolve_due_at.date()}
    Event.objects.write("enquiry.rebuild", fresh, by=REBUILDING, data=days)
    return True


def _worked_out(enquiry: Enquiry) -> bool:
    """Set the clocks as its history has them; whether any of them moved."""
    before = _times(enquiry)
    clocks.work_out(enquiry, list(Event.objects.of(enquiry)))
    return any(
        abs(now - then) >= A_MINUTE for now, then in zip(_times(enquiry), before, strict=True)
    )


def _times(enquiry: Enquiry) -> list[datetime.datetime]:
    return [getattr(enquiry, name) for name in DUE]
