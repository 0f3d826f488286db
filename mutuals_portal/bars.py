"""Where the bars of a bar chart stand, side by side or in parts. Pure, like charts.py.

A row is its words and its amounts; an amount that is not known is None. Words are in a column
beside the bars where the drawing is wide, and above them where it is narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mutuals_portal.amounts import UNITS
from mutuals_portal.charts import LETTER, WIDE

Row = tuple[str, Sequence[int | None]]
Say = Callable[[int], str]

THICK, BETWEEN, APART = 20, 4, 18
# Room for words: the widest column beside the bars, and how far words above them reach up.
COLUMN, ABOVE = 220, 22
BOLD = LETTER + 1
PARTS = 4


@dataclass(frozen=True)
class Bar:
    """A bar, or a part of one.

    series: which of the row's amounts it is, from 0. said: the amount in words, "" where there is
    no room for it. text_x: where these begin, or of a part in which they stand, its middle.
    """

    series: int
    x: float
    y: float
    width: float
    said: str
    text_x: float
    known: bool = True
    bad: bool = False


@dataclass(frozen=True)
class Group:
    """The bars of one row. text_y: the line its words stand on. total: of parts, their sum."""

    label: str
    text_y: float
    bars: list[Bar]
    total: str = ""
    total_x: float = 0.0


@dataclass(frozen=True)
class BarChart:
    """Rows of bars that begin at `zero`."""

    width: int
    height: int
    zero: float
    groups: list[Group]


@dataclass(frozen=True)
class Room:
    """The plane that bars stand on: from `low` at `left`, so many pixels for each one of them."""

    width: int
    left: int
    low: int
    scale: float

    @property
    def above(self) -> int:
        """How much of a row's height its words take."""
        return 0 if self.width >= WIDE else ABOVE

    def x(self, amount: float) -> float:
        """Where an amount stands."""
        return round(self.left + (amount - self.low) * self.scale, 1)

    def chart(self, groups: list[Group], height: float) -> BarChart:
        """These rows, with where their words stand."""
        return BarChart(self.width, int(height), self.x(0), groups)


def bars(rows: Sequence[Row], width: int, unit: str = "pounds", unknown: str = "?") -> BarChart:
    """A bar for each amount; those of a row stand together, and its words beside or above them.

    unknown: what is said where an amount is None. Raises KeyError for a unit that is not in UNITS.
    """
    say = UNITS[unit]
    known = [amount for _, amounts in rows for amount in amounts if amount is not None]
    room = _room(rows, known, [say(amount) for amount in known] + [unknown], width)
    groups, top = [], 0.0
    for label, amounts in rows:
        begin = top + room.above
        drawn = [
            _bar(room, series, begin + series * (THICK + BETWEEN), amount, say, unknown)
            for series, amount in enumerate(amounts)
        ]
        high = len(amounts) * (THICK + BETWEEN) - BETWEEN
        groups.append(Group(_fitting(label, width), _words_at(room, top, high), drawn))
        top = begin + high + APART
    return room.chart(groups, top - APART + 2)


def stack(rows: Sequence[Row], width: int, unit: str = "number") -> BarChart:
    """A bar for each row, in parts that add up to it, with the sum at its end.

    Raises ValueError for an amount below nought or not known, and for more than PARTS of them:
    parts are told apart by their shade.
    """
    say = UNITS[unit]
    whole = [(label, _parts_of(amounts)) for label, amounts in rows]
    sums = [sum(amounts) for _, amounts in whole]
    room = _room(rows, sums, [say(each) for each in sums], width)
    groups, top = [], 0.0
    for (label, amounts), total in zip(whole, sums, strict=True):
        begin = top + room.above
        parts = list(_parts(room, begin, amounts, say))
        words = _words_at(room, top, THICK)
        total_x = room.x(total) + 6
        groups.append(Group(_fitting(label, width), words, parts, say(total), total_x))
        top = begin + THICK + APART
    return room.chart(groups, top - APART + 2)


def _room(rows: Sequence[Row], amounts: Sequence[int], said: Sequence[str], width: int) -> Room:
    low, high = min([0, *amounts]), max([0, *amounts])
    longest = max((len(label) for label, _ in rows), default=0)
    left = min(BOLD * longest + 14, COLUMN) if width >= WIDE else 1
    right = 10 + BOLD * max(map(len, said), default=0)
    return Room(width, left, low, max(width - left - right, 1) / max(high - low, 1))


def _bar(room: Room, series: int, y: float, amount: int | None, say: Say, unknown: str) -> Bar:
    if amount is None:
        return Bar(series, room.x(0), y, 0, unknown, room.x(0) + 6, known=False)
    begin, end = sorted((room.x(0), room.x(amount)))
    long = round(end - begin, 1)
    return Bar(series, begin, y, long, say(amount), end + 6, bad=amount < 0)


def _parts(room: Room, y: float, amounts: Sequence[int], say: Say) -> Iterator[Bar]:
    reached = 0
    for series, amount in enumerate(amounts):
        begin, end = room.x(reached), room.x(reached + amount)
        reached += amount
        fits = LETTER * len(say(amount)) + 8 <= end - begin
        said = say(amount) if fits else ""
        middle = round((begin + end) / 2, 1)
        yield Bar(series, begin, y, round(end - begin, 1), said, middle)


def _parts_of(amounts: Sequence[int | None]) -> list[int]:
    parts = [each for each in amounts if each is not None and each >= 0]
    if len(parts) != len(amounts) or len(parts) > PARTS:
        raise ValueError(f"A stacked bar has up to {PARTS} parts, none unknown or below nought.")
    return parts


def _words_at(room: Room, top: float, high: float) -> float:
    """The line of a row's words: beside the middle of its bars, or above them."""
    return top + 15 if room.above else round(top + high / 2 + 5, 1)


def _fitting(label: str, width: int) -> str:
    """The label, cut to what its place holds; the table says it whole."""
    most = (COLUMN - 14 if width >= WIDE else width) // BOLD
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
