"""A lead says how much work an answer is, and so how long it may take."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied

from accounts.models import Role, User
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from advice.intake import clocks, people
from advice.intake.models import Enquiry, Level, Note


@in_one_piece
def set_level(
    *, enquiry: Enquiry, level: Level, reason: str, once: uuid.UUID, seen: int, by: User
) -> Enquiry:
    """Give an enquiry another level, with a note that says why. Pressed twice, it is done once.

    Its answer is due by the new level, from when its clock began; the first reply stays due when it
    was. PermissionDenied for anybody but a lead of its provider; MovedOn when it has moved.
    """
    fresh = lock(Enquiry, enquiry.pk, by=by)
    if not may_set_level(by, fresh):
        raise PermissionDenied
    name = key_of(once, by.pk, fresh.pk, level, reason)
    if Note.objects.filter(once=name).exists():
        return fresh
    if fresh.revision != seen or not fresh.is_open:
        raise MovedOn(fresh)
    before, fresh.level = fresh.level, level
    stops = clocks.stops_of(Event.objects.of(fresh), after=fresh.clock_from)
    fresh.save(update_fields=["level", *clocks.set_due(fresh, fresh.clock_from, stops)])
    Event.objects.write("enquiry.level", fresh, by=by, data={"before": before, "after": level})
    Note.objects.create(enquiry=fresh, author=by, words=reason, once=name)
    return fresh


def may_set_level(by: User, enquiry: Enquiry) -> bool:
    """Only who leads the advisers of the provider that holds it."""
    return people.answers_for(by, enquiry, Role.ADVICE_LEAD)
