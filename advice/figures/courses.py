"""How one enquiry went, from its own times and the moves that its events tell. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils import timezone

from activity.worktime import UK, Stop, open_time
from advice.figures.models import Course
from advice.intake import clocks
from advice.intake.models import Enquiry, Status

HOUR = datetime.timedelta(hours=1)
# No question of anybody's, or one that its enquirer took back or asks elsewhere.
LEFT_OUT = (Status.SPAM, Status.MERGED, Status.WITHDRAWN)
RESOLVED = (Status.ANSWERED, Status.CLOSED, Status.REFERRED_OUT)
# Nobody at the line has to do anything while it stands there.
RESTS = (*RESOLVED, *LEFT_OUT, *clocks.PAUSED)


class Move(NamedTuple):
    """A step that an enquiry took."""

    before: str
    after: str
    at: datetime.datetime


def course_of(enquiry: Enquiry, moves: Sequence[Move]) -> Course | None:
    """How it went, from its moves in order; None for what is in no figure."""
    if enquiry.status in LEFT_OUT:
        return None
    course = Course(
        enquiry_id=enquiry.pk,
        topic=enquiry.topic.group.code if enquiry.topic else "",
        provider=enquiry.provider.slug if enquiry.provider else "",
        channel=enquiry.channel,
        hour=_hour(enquiry),
        came_on=timezone.localdate(enquiry.received_at),
    )
    stops = list(_rests(moves))
    _note_reply(course, enquiry, stops)
    _note_resolution(course, enquiry, moves, stops)
    back = [move.at for move in moves if _takes_up(move)]
    course.taken_up_on = timezone.localdate(back[-1]) if back else None
    return course


def _hour(enquiry: Enquiry) -> int | None:
    """The hour in which it came, where the line was open."""
    at, policy = enquiry.received_at.astimezone(UK), enquiry.policy
    is_open = clocks.calendar_of(policy).is_working(at.date())
    return at.hour if is_open and policy.opens_at <= at.time() < policy.closes_at else None


def _note_reply(course: Course, enquiry: Enquiry, stops: Sequence[Stop]) -> None:
    at = enquiry.first_replied_at
    if at is not None:
        course.replied_on = timezone.localdate(at)
        course.reply_hours = _hours(enquiry, at, stops)
        course.in_time = at <= enquiry.first_reply_due_at


def _note_resolution(
    course: Course, enquiry: Enquiry, moves: Sequence[Move], stops: Sequence[Stop]
) -> None:
    """By the step that resolved it last; what followed within, like closing it, changes nothing."""
    ends = [move.at for move in moves if _resolves(move)]
    if enquiry.status in RESOLVED and ends:
        course.resolved_on = timezone.localdate(ends[-1])
        course.resolve_hours = _hours(enquiry, ends[-1], stops)


def _resolves(move: Move) -> bool:
    return move.after in RESOLVED and move.before not in RESOLVED


def _takes_up(move: Move) -> bool:
    return move.before in RESOLVED and move.after not in (*RESOLVED, *LEFT_OUT)


def _rests(moves: Iterable[Move]) -> Iterator[Stop]:
    """The stretches in which the line waited for others or was done. One that lasts is none."""
    began: datetime.datetime | None = None
    for move in moves:
        if began is None and move.after in RESTS:
            began = move.at
        elif began is not None and move.after not in RESTS:
            yield Stop(began, move.at)
            began = None


def _hours(enquiry: Enquiry, until: datetime.datetime, stops: Sequence[Stop]) -> int:
    """Working hours from its arrival, rests left out, in full hours upwards."""
    took = open_time(enquiry.received_at, until, stops, clocks.calendar_of(enquiry.policy))
    return -(-took // HOUR)
