"""When a reply is due, and how that moment came about. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from activity.models import Event
from activity.worktime import ENGLAND_AND_WALES, UK, Calendar, Stop, calendar_for, due_at
from advice.intake.models import AdvicePolicy, Status

PAUSED = (Status.WAITING_FOR_ENQUIRER, Status.WAITING_FOR_OTHER)
# What was taken back before anybody could read it never was a wait.
TAKEN_BACK = "enquiry.undo_reply"


def calendar_of(policy: AdvicePolicy) -> Calendar:
    """The days and hours of the line."""
    return calendar_for(ENGLAND_AND_WALES, opens=policy.opens_at, closes=policy.closes_at)


def first_reply_minutes(policy: AdvicePolicy) -> int:
    """The office minutes that a first reply may take."""
    day = datetime.date.min
    opens = datetime.datetime.combine(day, policy.opens_at)
    closes = datetime.datetime.combine(day, policy.closes_at)
    return int((closes - opens).total_seconds() // 60) * policy.first_reply_working_days


def reply_due_at(
    start: datetime.datetime, policy: AdvicePolicy, stops: Sequence[Stop] = ()
) -> datetime.datetime:
    """When a reply to words that came at `start` is due, in UTC. Source: domain guide 5.3."""
    return due_at(start, first_reply_minutes(policy), stops, calendar_of(policy))


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


def explain(start: datetime.datetime, policy: AdvicePolicy, stops: Sequence[Stop]) -> Explained:
    """Work out a due time as `reply_due_at` does, and keep the parts."""
    calendar = calendar_of(policy)
    due = reply_due_at(start, policy, stops)
    first = start.astimezone(UK).date()
    days = (due.astimezone(UK).date() - first).days
    named = [
        (day, calendar.closure(day))
        for day in (first + datetime.timedelta(n) for n in range(days + 1))
    ]
    return Explained(
        start=start,
        working_days=policy.first_reply_working_days,
        due_at=due,
        stops=tuple(stops),
        left_out=tuple((day, name) for day, name in named if name),
    )
