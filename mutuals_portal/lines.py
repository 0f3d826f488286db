"""Where the marks of a line chart stand. Pure, like charts.py."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from mutuals_portal.amounts import UNITS
from mutuals_portal.charts import LETTER, Rule, Scale, scale_of

TOP, PLOT, BELOW, EDGE = 14, 190, 34, 12
SERIES = 3


@dataclass(frozen=True)
class Line:
    """One series: its points, in runs that are joined."""

    runs: list[list[tuple[float, float]]]

    @property
    def polylines(self) -> list[str]:
        """The runs as SVG wants them."""
        return [" ".join(f"{x},{y}" for x, y in run) for run in self.runs]


@dataclass(frozen=True)
class LineChart:
    """Lines over labels from left to right, on one scale that holds nought."""

    width: int
    height: int
    left: int
    rules: list[tuple[Rule, str]]
    labels: list[tuple[float, str]]
    text_y: float
    lines: list[Line]


def line_chart(
    labels: Sequence[str],
    series: Sequence[Sequence[int | None]],
    width: int,
    unit: str = "number",
) -> LineChart:
    """A line for each series, broken where an amount is None.

    Each series has an amount for each label. Raises ValueError if one has not, and for more than
    SERIES of them: lines are told apart by their dashes.
    """
    if len(series) > SERIES or any(len(each) != len(labels) for each in series):
        raise ValueError(
            f"A line chart has up to {SERIES} lines, each with a point for each label."
        )
    scale = scale_of([amount for each in series for amount in each if amount is not None])
    rules = [(Rule(_y(scale, n), n, n == 0), UNITS[unit](n)) for n in scale.marks]
    left = 14 + LETTER * max(len(said) for _, said in rules)
    step = (width - left - EDGE) / max(len(labels), 1)
    at = [round(left + step * (index + 0.5), 1) for index in range(len(labels))]
    return LineChart(
        width=width,
        height=TOP + PLOT + BELOW,
        left=left,
        rules=rules,
        labels=_spaced(labels, at, step, width),
        text_y=TOP + PLOT + 24,
        lines=[_line(scale, at, amounts) for amounts in series],
    )


def _y(scale: Scale, amount: float) -> float:
    return round(TOP + PLOT * scale.part_above(amount), 1)


def _line(scale: Scale, at: Sequence[float], amounts: Sequence[int | None]) -> Line:
    points = [
        None if amount is None else (x, _y(scale, amount))
        for x, amount in zip(at, amounts, strict=True)
    ]
    runs = [list(run) for known, run in groupby(points, lambda each: each is not None) if known]
    return Line([[point for point in run if point] for run in runs])


def _spaced(
    labels: Sequence[str], at: Sequence[float], step: float, width: int
) -> list[tuple[float, str]]:
    """As many of the labels as have room beside each other, the last among them, none cut off."""
    longest = LETTER * max(map(len, labels), default=1)
    inside = [min(x, width - longest / 2) for x in at]
    # The last may be moved, nearer to the one before.
    moved = at[-1] - inside[-1] if at else 0
    every = math.ceil((longest + 6 + moved) / step)
    return list(zip(inside, labels, strict=True))[::-every][::-1]
