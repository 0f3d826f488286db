"""A question that is a table: rows of typed columns, typed cell by cell."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Row = dict[str, str]

# As many rows stand ready as people expect of a table; more come one by one.
SHOWN = 3
MOST = 50
# What is sent beyond the bound is kept, up to here, so that it can be put right.
MOST_KEPT = 4 * MOST
ROW = _("Row")
# Digits of a factor: nobody rates anything in millions.
LONGEST_FACTOR = 6


class CleanedRow(dict[str, Any]):
    """The cells of a row as they were read. number: of the row on the page, from 1."""

    def __init__(self, number: int, cells: Mapping[str, Any]) -> None:
        super().__init__(cells)
        self.number = number


def is_blank(row: Mapping[str, str]) -> bool:
    """Whether nothing was typed into a row."""
    return not any(text.strip() for text in row.values())


def at(row: int, column: str) -> str:
    """What a cell's id and name end with. row: its number, from 1."""
    return f"{row - 1}-{column}"


def wrong_cell(
    row: int, column: str, said: Any, code: str = "cell", called: Any = ROW
) -> ValidationError:
    """A problem of one cell: its sentence begins with the number of the row, its link lands there.

    called: what a row of this table is.
    """
    words = str(said)
    if not words[1:2].isupper():
        words = words[:1].lower() + words[1:]
    return ValidationError(
        _("%(called)s %(row)d: %(said)s"),
        code=code,
        params={"called": called, "row": row, "said": words, "at": at(row, column)},
    )


class ProductField(forms.Field):
    """A column that nobody fills in: what others of its row come to, multiplied.

    factors: the columns, each of whole numbers.
    """

    def __init__(self, *factors: str, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.factors = factors

    def to_python(self, value: Any) -> int | None:
        return int(value) if value else None

    def of(self, row: Mapping[str, str]) -> str:
        """The product, or "" while a factor is missing or is no number."""
        typed = [row.get(key, "").strip() for key in self.factors]
        if not all(text.isdecimal() and len(text) <= LONGEST_FACTOR for text in typed):
            return ""
        return str(math.prod(map(int, typed)))


class RowsWidget(forms.Widget):
    """Cells named `<name>-<row>-<column>`, rows counted from 0; or rows as they were kept."""

    use_fieldset = True
    columns: Mapping[str, forms.Field]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """The rows as they were typed, without empty ones at the end."""
        kept = data.get(name)
        rows = kept if isinstance(kept, list) else list(self.sent(data, name))
        typed = [{key: str(row.get(key, "")) for key in self.columns} for row in rows]
        while typed and not any(typed[-1].values()):
            typed.pop()
        return typed[:MOST_KEPT]

    def sent(self, data: Mapping[str, Any], name: str) -> Iterator[Row]:
        """Every row that a page sent, empty ones too."""
        cell = re.compile(rf"{re.escape(name)}-([0-9]{{1,4}})-(\w+)")
        rows: dict[int, Row] = {}
        for key in data:
            found = cell.fullmatch(key)
            if found and found[2] in self.columns:
                rows.setdefault(int(found[1]), {})[found[2]] = data[key]
        return (rows[number] for number in sorted(rows))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and next(self.sent(data, name), None) is None


class RowsField(forms.Field):
    """A table to fill in. Gives a list of `CleanedRow`, without rows that were left empty.

    columns: id -> the field of each of its cells; its label heads the column, and one that is
    required must be filled in wherever anything of its row is; a `ProductField` is worked out. called: what one row is.
    groups: headings, each with the columns under it; with them each row is a card at any width,
    for rows of more cells than stand beside each other. starters: rows that are offered to begin
    with, by a key; none is filled in until somebody presses its button.
    asks_all: False while gaps in rows may stay. show: how many rows a page shows at least.
    """

    widget = RowsWidget
    empty_values = [None, "", []]
    default_error_messages = {"required": _("Fill in at least one row")}

    def __init__(
        self,
        columns: Mapping[str, forms.Field],
        *,
        most: int = MOST,
        called: Any = ROW,
        groups: Sequence[tuple[Any, Sequence[str]]] = (),
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.columns = columns
        self.called = called
        self.groups = groups
        self.starters: Mapping[str, Row] = {}
        self.widget.columns = {
            key: column for key, column in columns.items() if not isinstance(column, ProductField)
        }
        self.most = most
        self.asks_all = True
        self.show = min(SHOWN, most)

    def clean(self, value: Any) -> list[CleanedRow]:
        """The rows as they were read. Raises every problem of every cell at once."""
        problems: list[ValidationError] = []
        rows: list[CleanedRow] = []
        for number, typed in enumerate(value or [], 1):
            if not is_blank(typed):
                cells: dict[str, Any] = {}
                problems += self._read(number, typed, cells)
                rows.append(CleanedRow(number, cells))
        problems += self._too_many(len(rows))
        if problems:
            raise ValidationError(problems)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != (data or []))

    def words_of(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Rows that hold anything, with the words of choices."""
        for row in rows:
            if not is_blank(row):
                yield {key: _words(field, row, key) for key, field in self.columns.items()}

    def _read(self, number: int, typed: Row, cells: dict[str, Any]) -> Iterator[ValidationError]:
        for key, field in self.widget.columns.items():
            text = typed.get(key, "")
            if not text.strip() and not (field.required and self.asks_all):
                cells[key] = None
                continue
            try:
                cells[key] = field.clean(text)
            except ValidationError as problem:
                gap = "required" if not text.strip() else "cell"
                yield wrong_cell(number, key, problem.messages[0], gap, self.called)

    def _too_many(self, count: int) -> Iterator[ValidationError]:
        over = count - self.most
        if over > 0:
            yield ValidationError(
                ngettext(
                    "The most is %(most)d rows. Take out %(over)d.",
                    "The most is %(most)d rows. Take out %(over)d.",
                    over,
                ),
                code="most_rows",
                params={"most": self.most, "over": over},
            )


def _words(field: forms.Field, row: Row, key: str) -> str:
    if isinstance(field, ProductField):
        return field.of(row)
    typed = row.get(key, "")
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(typed, typed)) if typed else ""
    return with_signs(field, typed)


def with_signs(field: forms.Field, typed: str) -> str:
    """A text with the signs that stand before and after its box, where it has them not itself."""
    prefix, suffix = getattr(field, "prefix", ""), getattr(field, "suffix", "")
    if not typed:
        return ""
    before = "" if typed.startswith(prefix) else prefix
    return f"{before}{typed}{'' if typed.endswith(suffix) else suffix}"
