"""Working time: when something is due, and how that date came about. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import groupby, takewhile
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holidays import country_holidays

UK = ZoneInfo("Europe/London")
ENGLAND_AND_WALES = "england-and-wales"
SCOTLAND = "scotland"
NORTHERN_IRELAND = "northern-ireland"
# The bank holidays of England and of Wales are the same; a test watches that they stay so.
SUBDIVISIONS = {ENGLAND_AND_WALES: "ENG", SCOTLAND: "SCT", NORTHERN_IRELAND: "NIR"}

FIRST_YEAR = 2009
LAST_YEAR = 2060
SATURDAY = 5


class CalendarEnded(ValueError):
    """A date lies outside the years that the calendar knows."""


@dataclass(frozen=True)
class Calendar:
    """The days and hours on which an office works.

    nation: one of the keys of SUBDIVISIONS.
    holidays: day -> its name, for every year from first to last.
    opens, closes: UK local time, the same on every working day.
    overrides: day -> the name of why it is closed, or None for a day that is worked although
        it is a weekend or a holiday. They win over everything else.
    Days outside first to last raise CalendarEnded: an unknown holiday must not count as worked.
    """

    nation: str
    holidays: Mapping[date, str]
    opens: time = time(9)
    closes: time = time(17)
    overrides: Mapping[date, str | None] = field(default_factory=dict)
    first: date = date(FIRST_YEAR, 1, 1)
    last: date = date(LAST_YEAR, 12, 31)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("An office closes after it opens.")

    def is_working(self, day: date) -> bool:
        """Say whether the office works on this day."""
        if not self.first <= day <= self.last:
            raise CalendarEnded(f"The calendar of {self.nation} does not reach {day}.")
        if day in self.overrides:
            return self.overrides[day] is None
        return day.weekday() < SATURDAY and day not in self.holidays

    def closure(self, day: date) -> str | None:
        """Name the holiday or closure that takes a weekday out; None for any other day."""
        if day.weekday() >= SATURDAY or self.is_working(day):
            return None
        return self.overrides.get(day) or self.holidays[day]


def calendar_for(
    nation: str,
    overrides: Mapping[date, str | None] | None = None,
    *,
    opens: time = time(9),
    closes: time = time(17),
) -> Calendar:
    """Build the calendar of one nation, named explicitly, from the `holidays` package.

    overrides: what our own table says, as in Calendar. Raises ValueError for another nation.
    """
    if nation not in SUBDIVISIONS:
        raise ValueError(f"There is no calendar of {nation!r}.")
    return Calendar(nation, _bank_holidays(nation), opens, closes, dict(overrides or {}))


@dataclass(frozen=True)
class Pause:
    """Days on which a clock stood still, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A pause ends on or after the day it begins.")


def due_on(
    received_on: date, working_days: int, paused: Sequence[Pause], calendar: Calendar
) -> date:
    """Find the day by which something is due; the day of receipt is not counted.

    The answer is always a working day outside every pause. Raises ValueError for fewer than
    one day, CalendarEnded when the calendar does not reach far enough.
    """
    return explain(received_on, working_days, paused, calendar).due_on


def working_days_between(
    after: date, until: date, paused: Sequence[Pause], calendar: Calendar
) -> int:
    """Count the working days outside every pause after one day and up to another, included."""
    days = (after + timedelta(n) for n in range(1, (until - after).days + 1))
    return sum(calendar.is_working(day) and not _is_paused(day, paused) for day in days)


class Treated(StrEnum):
    """What a clock did on a day. A weekend is nothing of itself: it lies in a stretch of others."""

    COUNTED = "counted"
    PAUSED = "paused"
    CLOSED = "closed"
    WEEKEND = "weekend"


@dataclass(frozen=True)
class Stretch:
    """Days one after another on which a clock did the same, both ends included.

    name: of the holiday or closure, which is one day; otherwise "". counted: how many of its days
    were counted, weekends being none of them. so_far: how many were by its end.
    """

    treated: Treated
    first: date
    last: date
    name: str
    counted: int
    so_far: int


@dataclass(frozen=True)
class DueDate:
    """How a due date came about, in parts, so that a page can say it in one sentence.

    paused_days counts the working days that pauses took out. left_out holds the holidays and
    closures between receipt and due date that were weekdays and in no pause. stretches holds
    every day after receipt up to the due date, in order.
    """

    received_on: date
    working_days: int
    due_on: date
    paused_days: int
    pauses: tuple[Pause, ...]
    left_out: tuple[tuple[date, str], ...]
    stretches: tuple[Stretch, ...]


def explain(
    received_on: date, working_days: int, paused: Sequence[Pause], calendar: Calendar
) -> DueDate:
    """Work out a due date, day by day, and keep the parts: there is no other way to one.

    Raises ValueError for fewer than one day, CalendarEnded when the calendar does not reach far
    enough.
    """
    if working_days < 1:
        raise ValueError("At least one working day is counted.")
    days = list(_days_until(received_on, working_days, paused, calendar))
    due = days[-1].day
    stopped = (each.day for each in days if each.treated == Treated.PAUSED)
    return DueDate(
        received_on=received_on,
        working_days=working_days,
        due_on=due,
        paused_days=sum(map(calendar.is_working, stopped)),
        pauses=tuple(p for p in paused if p.last > received_on and p.first <= due),
        left_out=tuple((each.day, each.name) for each in days if each.name),
        stretches=tuple(_stretches(days)),
    )


@dataclass(frozen=True)
class Stop:
    """A stretch of time in which a clock stood still: aware, the end not included."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("A stop ends at or after its start.")


def due_at(start: datetime, minutes: int, pauses: Sequence[Stop], calendar: Calendar) -> datetime:
    """Find the moment when so many minutes of office hours have passed since the start.

    start is aware, in any zone; the answer is in UTC. Hours are UK local time, also across a
    change of the clocks. Raises ValueError for fewer than one minute or a start without a
    zone, CalendarEnded when the calendar does not reach far enough.
    """
    if minutes < 1:
        raise ValueError("At least one minute is counted.")
    left = timedelta(minutes=minutes)
    stretches = _open_stretches(start, pauses, calendar)
    opened, closed = next(stretches)
    while left > closed - opened:
        left -= closed - opened
        opened, closed = next(stretches)
    return opened + left


def open_time(
    start: datetime, end: datetime, pauses: Sequence[Stop], calendar: Calendar
) -> timedelta:
    """How long an office was open from one moment to another, outside every pause.

    Nothing when the end is not after the start. Raises as `due_at` does.
    """
    stretches = takewhile(lambda each: each[0] < end, _open_stretches(start, pauses, calendar))
    return sum((min(closed, end) - opened for opened, closed in stretches), timedelta())


@cache
def _bank_holidays(nation: str) -> Mapping[date, str]:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    named = country_holidays("GB", SUBDIVISIONS[nation], years=years, language="en_GB")
    return MappingProxyType(dict(named))


def _is_paused(day: date, paused: Iterable[Pause]) -> bool:
    return any(pause.first <= day <= pause.last for pause in paused)


class _Day(NamedTuple):
    """One day of a clock. so_far: how many days were counted by its end."""

    day: date
    treated: Treated
    name: str
    so_far: int


def _days_until(
    after: date, working_days: int, paused: Sequence[Pause], calendar: Calendar
) -> Iterator[_Day]:
    """Yield each day after one, up to that on which so many were counted."""
    day, so_far = after, 0
    while so_far < working_days:
        day += timedelta(1)
        treated, name = _treated(day, paused, calendar)
        so_far += treated == Treated.COUNTED
        yield _Day(day, treated, name, so_far)


def _treated(day: date, paused: Sequence[Pause], calendar: Calendar) -> tuple[Treated, str]:
    if _is_paused(day, paused):
        return Treated.PAUSED, ""
    if calendar.is_working(day):
        return Treated.COUNTED, ""
    name = calendar.closure(day)
    return (Treated.CLOSED, name) if name else (Treated.WEEKEND, "")


def _stretches(days: Sequence[_Day]) -> Iterator[Stretch]:
    """Join days that were treated alike. A weekend is part of the counted days beside it."""
    for _kind, found in groupby(days, key=_kind_of):
        run = list(found)
        counted = sum(each.treated == Treated.COUNTED for each in run)
        treated = Treated.COUNTED if counted else run[0].treated
        yield Stretch(treated, run[0].day, run[-1].day, run[0].name, counted, run[-1].so_far)


def _kind_of(day: _Day) -> tuple[Treated, date | None]:
    """What a day shares with its neighbours of one stretch; a closed day has none."""
    if day.treated == Treated.CLOSED:
        return day.treated, day.day
    return (Treated.PAUSED if day.treated == Treated.PAUSED else Treated.COUNTED), None


def _open_stretches(
    start: datetime, pauses: Sequence[Stop], calendar: Calendar
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches in UTC, in order, in which the clock runs; none of them is empty."""
    if start.tzinfo is None:
        raise ValueError("A moment needs its zone.")
    stops = sorted(pauses, key=lambda stop: stop.start)
    day = start.astimezone(UK).date()
    while True:
        if calendar.is_working(day):
            opened = max(_in_utc(day, calendar.opens), start.astimezone(UTC))
            yield from _without(stops, opened, _in_utc(day, calendar.closes))
        day += timedelta(1)


def _without(
    stops: Sequence[Stop], opened: datetime, closed: datetime
) -> Iterator[tuple[datetime, datetime]]:
    for stop in stops:
        if opened < min(stop.start, closed):
            yield opened, min(stop.start.astimezone(UTC), closed)
        opened = max(opened, stop.end.astimezone(UTC))
    if opened < closed:
        yield opened, closed


def _in_utc(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, UK).astimezone(UTC)
