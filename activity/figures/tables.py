"""A table of figures, for a page, a chart and a file: of nothing but what may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from activity.figures.hiding import safe

# What a chart has room for: parts of a bar, and lines.
PARTS, LINES = 4, 3
Row = tuple[str, list[int | None]]


@dataclass(frozen=True)
class Table:
    """A table with what it is called. heading: of its rows. hidden: what stands for None.

    has_totals: whether its last row and its last column are the sums of the others.
    """

    title: str
    heading: str
    names: list[str]
    rows: list[Row]
    hidden: str
    has_totals: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it may be shown."""
        return all(cell is None for _label, cells in self.rows for cell in cells)

    @property
    def parts(self) -> list[list[str | int]]:
        """For a stacked chart: rows but totals, nothing for what is hidden, none with nothing."""
        rows = [[label, *(cell or 0 for cell in cells)] for label, *cells in self.marks]
        return [row for row in rows if any(row[1:])]

    @property
    def marks(self) -> list[list[Any]]:
        """For a chart: each row's label and numbers, but totals; as many as it has room for."""
        if not self.has_totals:
            return [[label, *cells] for label, cells in self.rows]
        return [[label, *cells[:-1][:PARTS]] for label, cells in self.rows[:-1]]

    @property
    def drawn(self) -> list[str]:
        """The names of what `parts` and `marks` hold."""
        return self.names[:-1][:PARTS] if self.has_totals else self.names

    @property
    def lines(self) -> list[list[Any]]:
        """For a line chart: of `marks`, as many as it has lines."""
        return [row[: LINES + 1] for row in self.marks]

    @property
    def line_names(self) -> list[str]:
        """The names of what `lines` hold."""
        return self.drawn[:LINES]

    @property
    def said(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Its rows in words, each cell with the name of its column; "" for what is hidden."""
        return [
            (label, [(name, "" if cell is None else f"{cell:,}") for name, cell in named])
            for label, named in (
                (label, zip(self.names, cells, strict=True)) for label, cells in self.rows
            )
        ]


def counted(
    title: str, heading: str, names: Iterable[Any], of: Mapping[str, Sequence[int]]
) -> Table:
    """A table of counts: what of them may be shown, with totals. of: the counts of each row."""
    labels = [*of, _("All")]
    rows = list(zip(labels, safe(list(of.values())), strict=True))
    columns = [*map(str, names), _("All")]
    return Table(title, heading, columns, rows, _("Hidden"), has_totals=True)


def times(title: str, heading: str, names: list[str], rows: list[Row]) -> Table:
    """A table of durations, each shown only where enough took so long."""
    return Table(title, heading, names, rows, _("Too few"))
