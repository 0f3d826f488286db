"""Where each answer stands in the workbook. Labels and questions are those of the pages' own forms."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from activity.grids import WHOLE, GridField, place
from proposals.draft.questions import Page
from proposals.money.forms import MONEY

# The pages whose answers the workbook holds. Finance that is wanted is a list of any length, and
# stays on its page.
PAGES = tuple(page for page in MONEY.pages if page.key != "finance")
# Each sheet: its name, its page, and the questions on it.
PLAN: tuple[tuple[str | Promise, str, tuple[str, ...]], ...] = (
    (_("Assumptions"), "today", ("F1", "F2", "F2_inflation")),
    (_("Cost today"), "today", ("F3",)),
    (_("In-house costs"), "figures", ("F4", "F4_source")),
    (_("Price"), "figures", ("F5", "F6", "F6_reason")),
    (_("One-off costs"), "figures", ("F7",)),
    (_("Income"), "income", ("F8",)),
    (_("Own costs"), "costs", ("F9",)),
    (
        _("Cash"),
        "cash",
        *(("F11_closing", "F11_opening", "F11_lowest", "F11_facility", "F13", "F13_source"),),
    ),
)
# The sheet that says how it is used, and where the workbook says what it is of: name -> cell.
GUIDE = _("Read me first")
MARKS = {"proposal": "B3", "form": "B4", "figures": "B5"}
LABEL, HINT, FIRST = "A", "B", "C"
FIRST_HEAD = 4
# A head has two rows: what its columns are, and their years or their unit.
HEAD_ROWS = 2


@dataclass(frozen=True)
class Box:
    """One cell to fill in.

    key: of the answer in it, as a page names its input: "F4_1" or "F1". name, place: the question,
    and the box of its grid ("" where it is none). field: what reads it. line, year: what it is of
    ("" where it is of no year).
    """

    key: str
    name: str
    place: str
    field: forms.Field
    page: Page
    sheet: str
    cell: str
    line: str
    year: str = ""

    @property
    def about(self) -> str:
        """What it is of: "Premises, year 2"."""
        if not self.year:
            return self.line
        return said("%(line)s, year %(year)s") % {"line": self.line, "year": self.year}


@dataclass(frozen=True)
class Row:
    """A label with its boxes. may_lack: the line of an earlier answer, there only with one."""

    number: int
    label: str
    hint: str
    boxes: tuple[Box, ...]
    may_lack: bool = False


@dataclass(frozen=True)
class Block:
    """Rows under one head. head: the row of its names, above that of the years or the unit."""

    head: int
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def is_yearly(self) -> bool:
        """Whether it has a column for each year."""
        return len(self.names) > 1


@dataclass(frozen=True)
class Sheet:
    """One sheet. about: what is typed into it."""

    title: str
    about: str
    blocks: tuple[Block, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """Its rows that hold boxes."""
        return (row for block in self.blocks for row in block.rows)

    @property
    def boxes(self) -> Iterator[Box]:
        """Its cells to fill in."""
        return (box for row in self.rows for box in row.boxes)


def sheets() -> tuple[Sheet, ...]:
    """Every sheet but the guide, in order."""
    return _sheets(get_language())


@cache
def _sheets(_language: str | None) -> tuple[Sheet, ...]:
    """The sheets in a language: some hundred labels, which are asked for a few times a page."""
    return tuple(_sheet(str(title), _page(key), names) for title, key, names in PLAN)


def boxes() -> list[Box]:
    """Every cell to fill in."""
    return [box for sheet in sheets() for box in sheet.boxes]


def version(of: Iterable[Sheet]) -> str:
    """A mark of the form: another where a cell, a label or a question has changed."""
    shown = [
        (sheet.title, block.names, row.label, box.cell, box.key)
        for sheet in of
        for block in sheet.blocks
        for row in block.rows
        for box in row.boxes
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:12]


def _page(key: str) -> Page:
    return next(page for page in PAGES if page.key == key)


def _sheet(title: str, page: Page, names: Sequence[str]) -> Sheet:
    blocks: list[Block] = []
    number = FIRST_HEAD
    fields = [(name, page.form.base_fields[name]) for name in names]
    for heads, group in groupby(fields, key=lambda pair: _heads(pair[1])):
        rows: list[Row] = []
        for name, field in group:
            rows += _rows(title, page, name, field, number + HEAD_ROWS + len(rows))
        blocks.append(Block(number, heads, tuple(rows)))
        number = rows[-1].number + 2
    return Sheet(title, _about([field for _name, field in fields]), tuple(blocks))


def _heads(field: forms.Field) -> tuple[str, ...]:
    if not isinstance(field, GridField):
        return (said("Answer"),)
    if len(field.columns) == 1:
        return (said("Amount"),)
    return tuple(said("Year %(year)s") % {"year": year} for year in field.columns)


def _about(fields: Sequence[forms.Field]) -> str:
    hints = [str(field.help_text) for field in fields if isinstance(field, GridField)]
    if hints and not any(hints):
        hints = [said("Amounts in whole pounds, without pence.")]
    return " ".join([said("Type into the yellow cells."), *filter(None, hints)])


def _rows(title: str, page: Page, name: str, field: forms.Field, number: int) -> Iterator[Row]:
    if isinstance(field, GridField):
        for at, (key, line) in enumerate(field.lines.items(), number):
            found = tuple(_boxes(title, page, name, field, key, at))
            yield Row(at, str(line.label), str(line.hint), found, key == WHOLE)
    else:
        label = str(field.label)
        box = Box(name, name, "", field, page, title, f"{FIRST}{number}", label)
        yield Row(number, label, str(field.help_text), (box,))


def _boxes(
    title: str, page: Page, name: str, field: GridField, line: str, number: int
) -> Iterator[Box]:
    for at, column in enumerate(field.columns):
        where = place(line, column)
        known: dict[str, Any] = {"field": field.cell, "page": page, "sheet": title}
        cell = f"{chr(ord(FIRST) + at)}{number}"
        label = str(field.lines[line].label)
        yield Box(f"{name}_{where}", name, where, cell=cell, line=label, year=column, **known)
