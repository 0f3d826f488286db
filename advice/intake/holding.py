"""Mail that was held because an employer reads it: whoever answers is told once, and on the page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from activity import outbox
from activity.actors import System
from activity.models import Event
from activity.transactions import in_one_piece, lock
from advice.intake import secrecy
from advice.intake.models import Enquiry

OUTBOX = System("outbox")
HELD = "enquiry.held"


@in_one_piece
def note_held(enquiry: Enquiry) -> None:
    """Note that a mail to the enquirer was held, and tell whoever has it; once for each of them.

    Who takes the enquiry later reads it on its page.
    """
    fresh = lock(Enquiry, enquiry.pk)
    told_before = Event.objects.of(fresh).filter(kind=HELD, data__told=fresh.adviser_id)
    if fresh.adviser is not None and not told_before.exists():
        outbox.tell("enquiry.held", fresh, [fresh.adviser])
    Event.objects.write(HELD, fresh, by=OUTBOX, data={"told": fresh.adviser_id})


def is_held(enquiry: Enquiry) -> bool:
    """Whether no mail may go to the address that they gave, as its guard says now."""
    address = enquiry.contact.email
    return bool(address and secrecy.reason_to_hold(enquiry, address))


def last_held_at(events: Iterable[Event]) -> datetime.datetime | None:
    """When a mail to the enquirer was held last, from the events of the enquiry; None if never."""
    return max((event.at for event in events if event.kind == HELD), default=None)
