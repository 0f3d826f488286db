"""When a reply is due, and how that moment came about. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activity.models import Event
from activity.worktime import ENGLAND_AND_WALES, UK, Calendar, Stop, calendar_for, due_at, due_on
from advice.intake.models import AdvicePolicy, Enquiry, Status

# Whom we ask ourselves is our affair: only the enquirer makes a clock stand still.
PAUSED = (Status.WAITING_FOR_ENQUIRER,)
OVER = (Status.ANSWERED, Status.CLOSED)
# What was taken back before anybody could read it never was a wait.
TAKEN_BACK = "enquiry.undo_reply"


def calendar_of(policy: AdvicePolicy) -> Calendar:
    """The days and hours of the line."""
    closed = {day: _("The line is closed") for day in policy.closed_on}
    return calendar_for(ENGLAND_AND_WALES, closed, opens=policy.opens_at, closes=policy.closes_at)


def minutes_of(working_days: int, policy: AdvicePolicy) -> int:
    """The office minutes of so many working days."""
    day = datetime.date.min
    opens = datetime.datetime.combine(day, policy.opens_at)
    closes = datetime.datetime.combine(day, policy.closes_at)
    return int((closes - opens).total_seconds() // 60) * working_days


def due(
    start: datetime.datetime, working_days: int, policy: AdvicePolicy, stops: Sequence[Stop] = ()
) -> datetime.datetime:
    """When so many working days have passed since words came at `start`, in UTC."""
    return due_at(start, minutes_of(working_days, policy), stops, calendar_of(policy))


def pick_up_by(start: datetime.datetime, policy: AdvicePolicy) -> datetime.datetime:
    """Until when a provider may leave lying what came into its queue at `start`, in UTC."""
    return due(start, policy.pick_up_working_days, policy)


def reply_due_at(
    start: datetime.datetime, policy: AdvicePolicy, stops: Sequence[Stop] = ()
) -> datetime.datetime:
    """When a reply to words that came at `start` is due, in UTC. Source: domain guide 5.3."""
    return due(start, policy.first_reply_working_days, policy, stops)


def set_due(enquiry: Enquiry, start: datetime.datetime, stops: Sequence[Stop] = ()) -> list[str]:
    """Let both clocks of an enquiry run from `start`; the names of the columns that it set."""
    policy = enquiry.policy
    enquiry.clock_from = start
    enquiry.due_at = reply_due_at(start, policy, stops)
    days = policy.answer_working_days(enquiry.level)
    enquiry.resolve_due_at = due(start, days, policy, stops)
    return ["clock_from", "due_at", "resolve_due_at"]


def started_at(received_at: datetime.datetime, events: Iterable[Event]) -> datetime.datetime:
    """When the clocks that run now began, from the events, oldest first.

    They begin with the first words, and anew whenever it is taken up after it was over.
    """
    start = received_at
    for event in events:
        again = event.before in OVER and event.after and event.after not in OVER
        if again and event.kind != TAKEN_BACK:
            start = event.at
    return start


def work_out(enquiry: Enquiry, events: Sequence[Event]) -> list[str]:
    """Set both clocks as the history has them; the names of the columns. events: oldest first."""
    start = started_at(enquiry.received_at, events)
    return set_due(enquiry, start, stops_of(events, after=start))


def stops_of(events: Iterable[Event], *, after: datetime.datetime) -> list[Stop]:
    """The stretches since a moment in which we waited, from the events, oldest first.

    A wait that goes on still is left out: nobody knows yet how long it is.
    """
    stops, began = [], None
    for event in events:
        if event.kind == TAKEN_BACK:
            began = None
        elif began is None and event.after in PAUSED:
            began = event.at
        elif began is not None and event.after and event.after not in PAUSED:
            stops.append(Stop(began, event.at))
            began = None
    return [Stop(max(stop.start, after), stop.end) for stop in stops if stop.end > after]


def answered_at(enquiry: Enquiry, events: Iterable[Event]) -> datetime.datetime:
    """When an enquiry that rests got its answer; when it was closed, where it got none.

    events: what happened to it, oldest first.
    """
    at = None
    for event in events:
        if event.after == Status.ANSWERED or (event.after == Status.CLOSED and at is None):
            at = event.at
        elif event.after and event.after != Status.CLOSED:
            at = None
    return at or enquiry.status_at


def reopens_until(enquiry: Enquiry, events: Iterable[Event]) -> datetime.date:
    """The last day on which words of the enquirer go on with what was answered or closed."""
    day = answered_at(enquiry, events).astimezone(UK).date()
    return day_after(day, enquiry.policy.reopen_working_days, enquiry.policy)


def day_after(day: datetime.date, working_days: int, policy: AdvicePolicy) -> datetime.date:
    """The day when so many working days of the line have passed since that one."""
    return due_on(day, working_days, [], calendar_of(policy))


def is_over_for_good(enquiry: Enquiry, events: Iterable[Event], today: datetime.date) -> bool:
    """Whether it is closed and what the enquirer writes by now is a new question."""
    return enquiry.status == Status.CLOSED and today > reopens_until(enquiry, events)


@dataclass(frozen=True)
class Explained:
    """How a due time came about: its parts, for one sentence on a page.

    left_out: the holidays between start and end that were weekdays, as (day, name).
    """

    start: datetime.datetime
    working_days: int
    due_at: datetime.datetime
    stops: tuple[Stop, ...]
    left_out: tuple[tuple[datetime.date, str], ...]


def explain(
    start: datetime.datetime,
    policy: AdvicePolicy,
    stops: Sequence[Stop],
    working_days: int | None = None,
) -> Explained:
    """Work out a due time as `due` does, and keep the parts. working_days: None for a reply's."""
    calendar = calendar_of(policy)
    working_days = working_days or policy.first_reply_working_days
    ends = due(start, working_days, policy, stops)
    first = start.astimezone(UK).date()
    days = (ends.astimezone(UK).date() - first).days
    named = [
        (day, calendar.closure(day))
        for day in (first + datetime.timedelta(n) for n in range(days + 1))
    ]
    return Explained(
        start=start,
        working_days=working_days,
        due_at=ends,
        stops=tuple(stops),
        left_out=tuple((day, name) for day, name in named if name),
    )


def explain_answer(enquiry: Enquiry, stops: Sequence[Stop]) -> Explained:
    """How the time came about by which an enquiry has its answer, by its level."""
    days = enquiry.policy.answer_working_days(enquiry.level)
    return explain(enquiry.clock_from, enquiry.policy, stops, days)
