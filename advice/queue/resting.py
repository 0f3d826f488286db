"""Putting enquiries off, and waiting for somebody else until a day."""

from __future__ import annotations

import datetime
import uuid
from functools import partial
from typing import Any

from accounts.models import User
from activity import clock
from activity.dates import in_words
from activity.once import key_of
from activity.transactions import in_one_piece, lock, tried
from activity.workflow import Step, take
from advice.intake.models import Enquiry, Note, Status
from advice.queue import rest_steps, steps

# What one run of the job looks at; the next takes what is left.
MOST = 200


def snooze(
    *, enquiry: Enquiry, until: datetime.date, reason: str, once: uuid.UUID, seen: int, by: User
) -> Enquiry:
    """Put an enquiry off to a day, when it comes back by itself; its clock runs on meanwhile.

    The reason is a note. Pressed twice, it is put off once.
    """
    fields = {"snoozed_until": until}
    words = f"{in_words(until)}: {reason}"
    return _rest(rest_steps.SNOOZE, enquiry, words, fields, once=once, seen=seen, by=by)


def wait_other(
    *,
    enquiry: Enquiry,
    whom: str,
    until: datetime.date,
    reason: str,
    once: uuid.UUID,
    seen: int,
    by: User,
) -> Enquiry:
    """Wait for somebody else until a day, when it is with its adviser again; its clock runs on.

    whom and reason are a note: neither the enquirer nor the event learns whom. Pressed twice, once.
    """
    words = "\n".join(filter(None, [f"{whom} ({in_words(until)})", reason]))
    fields = {"chase_on": until}
    return _rest(rest_steps.WAIT_OTHER, enquiry, words, fields, once=once, seen=seen, by=by)


@in_one_piece
def _rest(
    step: Step,
    enquiry: Enquiry,
    words: str,
    fields: dict[str, Any],
    *,
    once: uuid.UUID,
    seen: int,
    by: User,
) -> Enquiry:
    fresh = lock(Enquiry, enquiry.pk, by=by)
    name = key_of(once, by.pk, fresh.pk, step.name, words)
    if Note.objects.filter(once=name).exists():
        return fresh
    (day,) = fields.values()
    moved = take(step, fresh, by=by, seen=seen, data={"until": str(day)}, **fields)
    Note.objects.create(enquiry=moved, author=by, words=f"{step.label}: {words}", once=name)
    return moved


def go_on(*, enquiry: Enquiry, seen: int, by: User) -> Enquiry:
    """Wait for nobody any more: its adviser goes on with it."""
    return take(rest_steps.GO_ON, enquiry, by=by, seen=seen, chase_on=None)


def go_through_the_waited() -> int:
    """Give back to their advisers those whose day has come; return how many moved."""
    due = _waited().order_by("chase_on").values_list("pk", flat=True)[:MOST]
    return sum(tried(partial(_give_back, pk), "enquiry not given back") for pk in list(due))


def _waited() -> Any:
    return Enquiry.objects.filter(status=Status.WAITING_FOR_OTHER, chase_on__lte=clock.today())


@in_one_piece
def _give_back(pk: int) -> bool:
    """Give one back, unless somebody went on with it meanwhile."""
    fresh = lock(Enquiry, pk)
    if not _waited().filter(pk=pk).exists():
        return False
    take(rest_steps.GO_ON, fresh, by=steps.ROUTING, seen=fresh.revision, chase_on=None)
    return True
