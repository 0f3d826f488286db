"""Counting how enquiries went, by month, so that no page counts enquiries.

A day's work is what moved since the last time: those enquiries are read again from their events,
and the months that they were or are in are counted anew.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from activity import clock
from activity.models import Event
from activity.transactions import in_one_piece
from advice.figures.courses import Move, course_of
from advice.figures.models import Course, Figure, Reckoning
from advice.intake.models import Enquiry

# Enquiries whose events are read in one transaction.
AT_ONCE = 1_000
# A correction moves no status, and is open for an hour, also past midnight.
CORRECTED = datetime.timedelta(days=1)

COUNT = """
INSERT INTO advice_figure (by, key, measure, month, hours, in_time, count)
SELECT cut.by, cut.key, happened.measure, happened.month, happened.hours, happened.in_time, count(*)
FROM advice_course course
CROSS JOIN LATERAL (VALUES
    ('came', date_trunc('month', course.came_on)::date, 0, false),
    ('replied', date_trunc('month', course.replied_on)::date, course.reply_hours, course.in_time),
    ('resolved', date_trunc('month', course.resolved_on)::date, course.resolve_hours, false),
    ('taken-up', date_trunc('month', course.taken_up_on)::date, 0, false)
) happened (measure, month, hours, in_time)
CROSS JOIN LATERAL (VALUES
    ('month', ''),
    ('topic', course.topic),
    ('provider', course.provider),
    ('channel', course.channel),
    ('hour', coalesce(course.hour::text, ''))
) cut (by, key)
WHERE happened.month = ANY(%(months)s)
GROUP BY cut.by, cut.key, happened.measure, happened.month, happened.hours, happened.in_time
"""


def reckon_if_new_day() -> None:
    """Reckon what moved since the last time, once a day; the first time, everything."""
    last = Reckoning.objects.last()
    if last is None:
        reckon()
    elif last.day < clock.today():
        moved_since(last.day)


def moved_since(day: datetime.date) -> None:
    """Reckon again what moved on this day or later."""
    began = datetime.datetime.combine(day, datetime.time(), timezone.get_current_timezone())
    reckon(Enquiry.objects.filter(status_at__gte=began - CORRECTED))


def reckon(enquiries: QuerySet[Enquiry] | None = None) -> None:
    """Read these enquiries again from their events (none given: all), and count their months."""
    found = Enquiry.objects.all() if enquiries is None else enquiries
    months: set[datetime.date] = set()
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        months |= _read_again(keys[start : start + AT_ONCE])
    _count(months)


@in_one_piece
def _read_again(keys: list[int]) -> set[datetime.date]:
    """Write down how these went. Return the months that they were or are in."""
    before = Course.objects.filter(enquiry__in=keys)
    months = _months_of(before)
    before.delete()
    moves = _moves(keys)
    enquiries = Enquiry.objects.filter(pk__in=keys).select_related(
        "topic__group", "provider", "policy"
    )
    courses = [course for each in enquiries if (course := course_of(each, moves[each.pk]))]
    Course.objects.bulk_create(courses)
    return months | _months_of(courses)


def _months_of(courses: Iterable[Course]) -> set[datetime.date]:
    days = {
        day
        for each in courses
        for day in (each.came_on, each.replied_on, each.resolved_on, each.taken_up_on)
    }
    return {day.replace(day=1) for day in days if day is not None}


def _moves(keys: list[int]) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = defaultdict(list)
    events = Event.objects.filter(subject_type=Enquiry._meta.label_lower, subject_id__in=keys)
    moved = events.exclude(after="").order_by("subject_id", "pk")
    for key, before, after, at in moved.values_list("subject_id", "before", "after", "at"):
        found[key].append(Move(before, after, at))
    return found


@in_one_piece
def _count(months: set[datetime.date]) -> None:
    """Count these months anew, all of them or none, and say that it was done."""
    Reckoning.mark()
    Figure.objects.filter(month__in=months).delete()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"months": list(months)})
