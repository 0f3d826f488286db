"""Clocks that passed their end: found once, told once, and never at night."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from activity import clock, notices, outbox
from activity.actors import System
from activity.models import Event
from activity.transactions import in_one_piece
from advice.intake import clocks, routing
from advice.intake.models import AdvicePolicy, Breach, Clock, Enquiry, Lateness
from advice.intake.models.enquiry import RUNNING, EnquiryQuerySet

WATCH = System("lateness")
COLUMN = {Clock.REPLY: "due_at", Clock.RESOLVE: "resolve_due_at"}


@dataclass(frozen=True)
class Search:
    """One kind of lateness: of which clock, how late, and what was due by when."""

    clock: Clock
    level: Lateness
    due_before: datetime.datetime
    policy: AdvicePolicy


def go_through_the_late() -> int:
    """Warn once of every clock that has passed its end. Return how many were found late.

    Only when a warning may be read: what ends at night or at a weekend is found the next working
    morning. Several workers share what there is; none waits for another.
    """
    now = clock.now()
    if not notices.may_remind(now):
        return 0
    found = 0
    for search in _searches(now):
        while warn_next(search):
            found += 1
    return found


def _searches(now: datetime.datetime) -> Iterator[Search]:
    for policy in AdvicePolicy.objects.order_by("starts_on"):
        long_ago = _before(now, policy.still_late_working_days, policy)
        for each in Clock:
            yield Search(each, Lateness.LATE, now, policy)
            yield Search(each, Lateness.STILL_LATE, long_ago, policy)


def _before(now: datetime.datetime, working_days: int, policy: AdvicePolicy) -> datetime.datetime:
    """The beginning of the day that is so many working days of the line before this one."""
    calendar, day = clocks.calendar_of(policy), timezone.localdate(now)
    while working_days:
        day -= datetime.timedelta(days=1)
        working_days -= calendar.is_working(day)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


@in_one_piece
def warn_next(search: Search) -> bool:
    """Keep the breach that is the oldest of those of a kind, and tell of it. False without any."""
    late = _late(search).select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if late is None:
        return False
    due_at = getattr(late, COLUMN[search.clock])
    which = {"clock": search.clock, "level": search.level, "began_at": late.clock_from}
    _breach, is_new = Breach.objects.get_or_create(
        enquiry=late, **which, defaults={"due_at": due_at, "at": clock.now()}
    )
    # Another worker may have kept it after we looked, and told of it.
    if is_new:
        codes = {"clock": search.clock.value, "level": search.level.value}
        Event.objects.write("enquiry.breach", late, by=WATCH, data=codes)
        due_on = timezone.localdate(due_at)
        outbox.tell("enquiry.breach", late, _whom(late, search.level), due_on=due_on)
    return True


def _late(search: Search) -> EnquiryQuerySet:
    """Those whose clock of this kind has passed its end, and of which nobody was told yet."""
    column = COLUMN[search.clock]
    known = Breach.objects.filter(
        enquiry=OuterRef("pk"),
        clock=search.clock,
        level=search.level,
        began_at=OuterRef("clock_from"),
    )
    late = Enquiry.objects.filter(
        ~Exists(known),
        policy=search.policy,
        status__in=RUNNING,
        **{f"{column}__lt": search.due_before},
    )
    return late.order_by(column, "pk")


def _whom(enquiry: Enquiry, level: Lateness) -> list[User]:
    """Whoever holds it, and who leads the advisers; of what is still late, the leads alone.

    What no provider holds is the affair of every lead: each may hand it to somebody.
    """
    holds = [enquiry.adviser] if enquiry.adviser and level == Lateness.LATE else []
    return [*holds, *routing.leads_for(enquiry)]
