"""One answer and one cell: what is written for an answer, and what a cell says."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activity.amounts import pounds
from activity.fields import PoundsField, clean_text
from proposals.draft.asking import NumberField
from proposals.money.workbook.opening import Cell

# Longer texts are wrong on their page already, and no cell holds any length.
LONGEST = 1_000
QUOTED = 40
# More than any field takes, in as many digits as all of them read.
TOO_LARGE = 10**12 - 1
# As many digits as workbooks keep of a number; what they calculate is off by a little beyond.
DIGITS = 15
# The two of Unicode that XML refuses, besides those that nobody means.
NO_LETTERS = {0xFFFE: None, 0xFFFF: None}


class Wrong(Exception):
    """A cell that holds nothing for its box. Carries the rest of a sentence that begins with it."""


def readable(text: str) -> str:
    """A text without what no cell can hold, and without blanks around it."""
    return clean_text(text).translate(NO_LETTERS).strip()


def is_number(field: forms.Field) -> bool:
    """Whether a question is answered by a number: by pounds or a percentage."""
    return isinstance(field, PoundsField | NumberField)


def plain(field: forms.Field, typed: str) -> str:
    """What was typed, in the one way in which equal answers are written alike.

    What cannot be read stays as it is; a key that is no choice is "".
    """
    text = readable(typed)[:LONGEST].strip()
    if isinstance(field, forms.ChoiceField):
        return text if text in choices(field) else ""
    number = _number(field, text)
    if number is None:
        return text
    return f"{int(number):,}" if isinstance(field, PoundsField) else f"{number.normalize():f}"


def value_of(field: forms.Field, typed: str) -> float | str | None:
    """What to write into a cell for an answer: a number where it is one, or a text."""
    text = plain(field, typed)
    if isinstance(field, forms.ChoiceField):
        return choices(field).get(text)
    number = _number(field, text)
    if number is None:
        return text or None
    return int(number) if isinstance(field, PoundsField) else float(number / 100)


def text_of(field: forms.Field, cell: Cell) -> str:
    """What a cell says, as it would be typed on a page, or "". Raises Wrong."""
    _refuse_what_is_no_answer(field, cell)
    if isinstance(field, PoundsField | NumberField):
        return _checked(field, cell, plain(field, _digits(field, cell)))
    text = readable(_digits(field, cell))
    return _chosen(field, text) if isinstance(field, forms.ChoiceField) else text


def in_words(field: forms.Field, text: str) -> str:
    """An answer as a page shows it: £1,200, 2%, or the words of a choice; "" where it is empty."""
    if isinstance(field, forms.ChoiceField):
        return choices(field).get(text, "")
    number = _number(field, text)
    if number is None:
        return text
    return pounds(int(number) * 100) if isinstance(field, PoundsField) else f"{text}%"


def _number(field: forms.Field, text: str) -> Decimal | None:
    """Pounds, or a percentage, where the field can read them."""
    if not text or not isinstance(field, PoundsField | NumberField):
        return None
    try:
        found = field.to_python(text)
    except ValidationError:
        return None
    if found is None:
        return None
    return Decimal(found) / (100 if isinstance(field, PoundsField) else 1)


def _refuse_what_is_no_answer(field: forms.Field, cell: Cell) -> None:
    typed = {"typed": str(cell.value)[:QUOTED]}
    if cell.kind == "f":
        words = _("“%(typed)s” is a formula; type the number itself")
        raise Wrong(
            (words if is_number(field) else _("“%(typed)s” is a formula; type words")) % typed
        )
    if cell.kind == "e":
        raise Wrong(_("“%(typed)s” is an error of the workbook; type what belongs there") % typed)
    if cell.kind == "d":
        words = _("it holds a date; type the number itself")
        raise Wrong(words if is_number(field) else _("it holds a date; type it in words"))
    if cell.kind == "b":
        words = _("“%(typed)s” is not a number")
        raise Wrong((words if is_number(field) else _("“%(typed)s” is no answer")) % typed)


def _digits(field: forms.Field, cell: Cell) -> str:
    """A cell in digits: a number without what calculating left behind its last digit, or a text."""
    if cell.value is None or isinstance(cell.value, str):
        return cell.value or ""
    value = cell.value * 100 if cell.is_percent and isinstance(field, NumberField) else cell.value
    if not math.isfinite(value) or abs(value) > TOO_LARGE:
        value = math.copysign(TOO_LARGE, value)
    return f"{Decimal(f'{value:.{DIGITS}g}'):f}"


def _checked(field: PoundsField | NumberField, cell: Cell, text: str) -> str:
    try:
        field.to_python(text)
    except ValidationError as problem:
        if problem.code == "number" and isinstance(cell.value, str):
            raise Wrong(_("“%(typed)s” is not a number") % {"typed": text[:QUOTED]}) from problem
        raise Wrong(problem.messages[0]) from problem
    return text


def choices(field: forms.ChoiceField) -> dict[str, str]:
    """The answers that a question offers: key -> words."""
    offered: Any = field.choices
    return {key: str(words) for key, words in offered if key}


def _chosen(field: forms.ChoiceField, text: str) -> str:
    """The key of a choice from its words, in any case of letters."""
    if not text:
        return ""
    for key, words in choices(field).items():
        if " ".join(text.split()).casefold() == words.casefold():
            return key
    raise Wrong(_("“%(typed)s” is not in the list; choose from it") % {"typed": text[:QUOTED]})
