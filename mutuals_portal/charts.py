"""Where the marks of a chart stand. Pure: numbers in, places out; the templates draw them.

Places are in units of the drawing, which is one CSS pixel at full size. Each chart is drawn twice,
wide and narrow, so that no letter is smaller than 13 pixels on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDE, NARROW = 660, 330
LETTER = 8


@dataclass(frozen=True)
class Mark:
    """A rectangle with its words. bad: it is less than nothing."""

    x: float
    y: float
    width: float
    height: float
    label: str = ""
    amount: int = 0
    middle: float = 0.0
    bad: bool = False


@dataclass(frozen=True)
class Rule:
    """A line across the chart at a round amount."""

    y: float
    amount: int
    is_zero: bool


@dataclass(frozen=True)
class Scale:
    """Round amounts from `low` to `high`, `step` apart, nought among them."""

    low: int
    high: int
    step: int

    @property
    def marks(self) -> list[int]:
        """The round amounts."""
        return list(range(self.low, self.high + 1, self.step))

    def part_above(self, amount: float) -> float:
        """How much of the scale is above an amount, from 0 to 1."""
        return (self.high - amount) / (self.high - self.low)


@dataclass(frozen=True)
class YearChart:
    """A bar for each year, and a line for what they add up to."""

    width: int
    height: int
    left: int
    bars: list[Mark]
    rules: list[Rule]
    points: list[tuple[float, float]]
    last: int
    text_y: float
    last_y: float

    @property
    def polyline(self) -> str:
        """The points of the line, as SVG wants them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


def round_step(span: int, most: int = 4) -> int:
    """The least of 1, 2, 5, 10, 20, ... of which `most` cover a span."""
    rough = max(span / most, 1)
    power = 10 ** math.floor(math.log10(rough))
    return int(next(n * power for n in (1, 2, 5, 10) if n * power >= rough))


def scale_of(amounts: Iterable[int]) -> Scale:
    """The scale that holds all these amounts, and nought."""
    low, high = min(found := [0, *amounts]), max(found)
    step = round_step(high - low)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    return Scale(low, high if high > low else low + step, step)


def year_chart(
    labels: Sequence[str], amounts: Sequence[int], totals: Sequence[int], width: int
) -> YearChart:
    """Bars for amounts and a line for their running totals, on one scale that holds nought."""
    top, plot = 14, 190
    scale = scale_of([*amounts, *totals])
    left = 26 + LETTER * max(len(f"{end // 100:,}") for end in (scale.low, scale.high))

    def y(amount: float) -> float:
        return round(top + plot * scale.part_above(amount), 1)

    room = (width - left - 12) / len(labels)
    bars = []
    for index, (label, amount) in enumerate(zip(labels, amounts, strict=True)):
        middle = round(left + room * (index + 0.5), 1)
        bars.append(
            Mark(
                x=round(middle - room / 4, 1),
                y=min(y(amount), y(0)),
                width=round(room / 2, 1),
                height=round(abs(y(amount) - y(0)), 1),
                label=label if width == WIDE else label.rpartition(" ")[2],
                amount=amount,
                middle=middle,
                bad=amount < 0,
            )
        )
    points = [(bar.middle, y(total)) for bar, total in zip(bars, totals, strict=True)]
    return YearChart(
        width=width,
        height=top + plot + 56,
        left=left,
        bars=bars,
        rules=[Rule(y(n), n, n == 0) for n in scale.marks],
        points=points,
        last=totals[-1],
        text_y=top + plot + 24,
        last_y=round(points[-1][1] + (22 if points[-1][1] < top + plot - 30 else -10), 1),
    )


@dataclass(frozen=True)
class Fall:
    """A step of a waterfall: from where the one before ended to where this one ends.

    x, width: the bar. end: where it ends, for the line to the next. text_x, anchor: its amount.
    total: a bar from nought, not a step. on_bar: whether the amount stands on its dark bar.
    """

    label: str
    amount: int
    x: float
    y: float
    width: float
    end: float
    text_x: float
    anchor: str
    total: bool
    on_bar: bool
    bad: bool


@dataclass(frozen=True)
class Waterfall:
    """From a first figure through what is taken off to what is left."""

    width: int
    height: int
    zero: float
    label_x: float
    narrow: bool
    gap: int
    falls: list[Fall]


def waterfall(steps: Sequence[tuple[str, int]], width: int) -> Waterfall:
    """The first and the last step are totals; those between take off (or add to) what is left."""
    narrow = width < WIDE
    row = 58 if narrow else 44
    left, right = (8, 8) if narrow else (330, 92)
    reached = [0]
    for _label, amount in steps[:-1]:
        reached.append(reached[-1] + amount)
    low, high = min(0, *reached, steps[-1][1]), max(0, *reached, steps[-1][1])
    scale = (width - left - right) / max(high - low, 1)

    def x(amount: float) -> float:
        return round(left + (amount - low) * scale, 1)

    falls = []
    for index, (label, amount) in enumerate(steps):
        total = index in (0, len(steps) - 1)
        start, end = (0, amount) if total else (reached[index], reached[index + 1])
        begin, until = sorted((x(start), x(end)))
        inside = narrow and until - begin > 110
        beside = narrow and not inside and until > width - 100
        falls.append(
            Fall(
                label=label,
                amount=amount,
                x=begin,
                y=index * row + (24 if narrow else 10),
                width=round(max(until - begin, 1), 1),
                end=x(end),
                text_x=until - 6 if inside else begin - 6 if beside else until + 6,
                anchor="end" if inside or beside else "start",
                total=total,
                on_bar=total and inside,
                bad=total and amount < 0,
            )
        )
    return Waterfall(
        width=width,
        height=row * len(steps) + (0 if narrow else 6),
        zero=x(0),
        label_x=left + 5 if narrow else left - 12,
        narrow=narrow,
        gap=row,
        falls=falls,
    )


# Where each nation and region stands on the map: column, row, and its name in short lines.
PLACES: dict[str, tuple[int, int, tuple[str, ...]]] = {
    "scotland": (1, 0, ("Scotland",)),
    "northern-ireland": (0, 1, ("Northern", "Ireland")),
    "north-east": (2, 1, ("North", "East")),
    "north-west": (1, 2, ("North", "West")),
    "yorkshire-and-the-humber": (2, 2, ("Yorkshire,", "Humber")),
    "wales": (0, 3, ("Wales",)),
    "west-midlands": (1, 3, ("West", "Midlands")),
    "east-midlands": (2, 3, ("East", "Midlands")),
    "east-of-england": (3, 3, ("East of", "England")),
    "south-west": (1, 4, ("South", "West")),
    "london": (2, 4, ("London",)),
    "south-east": (3, 4, ("South", "East")),
}
TILE, GAP = 78, 4
SHADES = 4


@dataclass(frozen=True)
class PlaceTile:
    """A nation or region: where its tile stands, how many it has, how dark it is (0 to 4)."""

    code: str
    x: int
    y: int
    lines: tuple[str, ...]
    count: int
    shade: int

    @property
    def middle(self) -> float:
        """The middle of the tile, from the left."""
        return self.x + TILE / 2


def tile_map(counts: Mapping[str, int]) -> list[PlaceTile]:
    """The twelve nations and regions of the UK; the one with the most is the darkest."""
    most = max((counts.get(code, 0) for code in PLACES), default=0)
    return [
        PlaceTile(
            code=code,
            x=column * (TILE + GAP),
            y=row * (TILE + GAP),
            lines=lines,
            count=counts.get(code, 0),
            shade=math.ceil(SHADES * counts.get(code, 0) / most) if most else 0,
        )
        for code, (column, row, lines) in PLACES.items()
    ]
