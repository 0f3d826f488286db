"""A question that is a grid of amounts: lines, with one box a year or one box each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity.fields import PoundsField
from activity.rows import with_signs

# Place of a box -> what was typed in it, letter for letter; empty boxes are left out.
Typed = dict[str, str]
Amounts = dict[str, tuple[int | None, ...]]
Words = str | Promise

# The line that holds an answer from before a grid asked for it: one figure for all lines.
WHOLE = "whole"
SUM = "sum"
# An answer longer than any number is kept, up to here, so that it can be put right.
LONGEST = 1000
ENTER = _("Enter an amount, or 0")


@dataclass(frozen=True)
class Line:
    """One line of a grid. needed: what to say of a box that is empty; %(year)s in it is its number."""

    label: Words
    hint: Words = ""
    needed: Words = ENTER


def place(line: str, column: str = "") -> str:
    """What the name and the id of a box end with: "pay_2", of one line "2", of one column "pay"."""
    return "_".join(filter(None, (line, column)))


class GridWidget(forms.Widget):
    """Boxes named `<name>_<place>`, as a page sends them; or a grid as it was kept.

    Answers from before there were grids have their keys as the boxes have their names, or are one
    text for all lines.
    """

    use_fieldset = True
    places: Sequence[str] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        """What was typed, by the place of its box."""
        found = data.get(name)
        if isinstance(found, Mapping):
            typed = ((each, found.get(each)) for each in self.places)
        else:
            typed = ((each, data.get(f"{name}_{each}")) for each in self.places)
        kept = {each: str(text)[:LONGEST] for each, text in typed if text}
        if isinstance(found, str) and found and WHOLE in self.places:
            kept.setdefault(WHOLE, found[:LONGEST])
        return kept

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{each}" in data for each in self.places)


class GridField(forms.Field):
    """Lines of whole pounds. Gives line -> its pence by column, None where a box is empty yet.

    lines: key -> `Line`; with one line only, its key is "". columns: how many boxes a line has.
    may_skip: a line that is left empty counts as nought once any other is filled in. was_whole:
    whether one figure was asked before instead of these lines; it stands as a line of its own
    where there is one.
    signed: whether amounts may be below nought. adds_up: whether what a line comes to means
    anything; not of cash. asks_all: False while boxes may stay empty.
    group: grids of one group are drawn as one table. spans: the years of the columns in words
    ("2027 to 2028"), once a page knows them.
    """

    widget = GridWidget
    empty_values = [None, "", {}]
    default_error_messages = {"required": _("Fill in at least one line")}

    def __init__(
        self,
        lines: Mapping[str, Line],
        *,
        columns: int = 1,
        may_skip: bool = False,
        was_whole: bool = False,
        signed: bool = False,
        adds_up: bool = True,
        most: int,
        group: str = "",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.lines = dict(lines)
        if was_whole:
            self.lines[WHOLE] = Line(_("Not split into lines"), _("As it was entered before"))
        self.columns = [str(each) for each in range(1, columns + 1)] if columns > 1 else [""]
        self.spans: list[str] = []
        self.may_skip, self.group, self.asks_all = may_skip, group, True
        self.adds_up = adds_up
        self.cell = PoundsField(most=most, signed=signed)
        self.places = [place(line, column) for line in self.lines for column in self.columns]
        self.widget.places = self.places

    def clean(self, value: Any) -> Amounts:
        """The amounts as they were read. Raises every problem of every box at once."""
        amounts, problems = self.read(value or {})
        if not value and self.required and self.may_skip:
            first = {"at": self.places[0]}
            raise ValidationError(self.error_messages["required"], code="required", params=first)
        if problems:
            raise ValidationError(problems)
        return amounts if value else {}

    def read(self, typed: Typed) -> tuple[Amounts, list[ValidationError]]:
        """The amounts, None for boxes that are empty or cannot be read, and what is wrong."""
        problems: list[ValidationError] = []
        amounts: Amounts = {}
        for line in self.lines:
            if self.is_skipped(line, typed):
                amounts[line] = (0,) * len(self.columns)
            else:
                boxes = (self._box(line, at, typed, problems) for at in range(len(self.columns)))
                amounts[line] = tuple(boxes)
        return amounts, problems

    def is_skipped(self, line: str, typed: Typed) -> bool:
        """Whether a line was left empty that counts as nought."""
        if any(place(line, column) in typed for column in self.columns):
            return False
        return bool(typed) and (self.may_skip or line == WHOLE or WHOLE in typed)

    def _box(self, line: str, at: int, typed: Typed, problems: list[ValidationError]) -> int | None:
        where = place(line, self.columns[at])
        try:
            amount = self.cell.to_python(typed.get(where, ""))
        except ValidationError as problem:
            words = {"box": self.box(line, at), "said": _lower(problem)}
            problems.append(wrong_box(where, _("%(box)s: %(said)s") % words))
            return None
        if amount is None and self.asks_all and self.required and line != WHOLE:
            words = {"year": self.columns[at]}
            problems.append(wrong_box(where, self.lines[line].needed % words, "required"))
        return amount

    def box(self, line: str, at: int) -> str:
        """What one box asks for: "Premises, 2027 to 2028", or "Premises, year 1"."""
        label = str(self.lines[line].label)
        if not self.columns[at]:
            return label
        year = self.spans[at] if self.spans else _("year %(year)s") % {"year": self.columns[at]}
        return f"{label}, {year}"

    def sums(self, typed: Typed) -> dict[str, int | None]:
        """What the lines and the columns come to, by the place of each sum; None where one lacks."""
        amounts, _problems = self.read(typed)
        found = {place(line, SUM): _sum(row) for line, row in amounts.items()}
        columns = zip(*amounts.values(), strict=True)
        found |= {
            place(SUM, name): _sum(column)
            for name, column in zip(self.columns, columns, strict=True)
        }
        return found | {SUM: _sum([each for row in amounts.values() for each in row])}

    def lines_of(self, typed: Typed) -> Iterator[tuple[str, list[str]]]:
        """Each line that is shown, with its boxes in words: the line of an earlier answer only with one."""
        for line in self.lines:
            texts = [typed.get(place(line, column), "") for column in self.columns]
            if self.is_skipped(line, typed):
                texts = ["0"] * len(texts)
            if line != WHOLE or WHOLE in typed:
                yield line, [with_signs(self.cell, text) for text in texts]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or {}) != (data or {}))


def wrong_box(where: str, said: Any, code: str = "cell") -> ValidationError:
    """A problem of one box: its link lands there. where: its place; said: the whole sentence."""
    # What was typed may hold per cent signs: the sentence is not to be filled in once more.
    return ValidationError("%(said)s", code=code, params={"said": said, "at": where})


def _lower(problem: ValidationError) -> str:
    said = problem.messages[0]
    return said[:1].lower() + said[1:]


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [each for each in amounts if each is not None]
    return sum(known) if len(known) == len(amounts) else None
