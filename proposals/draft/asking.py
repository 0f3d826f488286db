"""Kinds of questions, with the words that are the same wherever they are asked.

needed: what to say where there is no answer and there must be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from activity.dates import DateLineField, DatePartsField
from activity.fields import AddressField, PoundsField, TextField, WholeNumberField, plain_number
from activity.rows import ProductField, RowsField
from proposals.draft.codes import MOST_POUNDS, NO, NOT_SURE, YES
from proposals.draft.questions import AtLeastWords

# A text, or one that is translated when it is shown: the stubs of the fields do not share a name.
Words = Any
Choices = Iterable[tuple[str, Words]]

YES_OR_NO = ((YES, _("Yes")), (NO, _("No")))
YES_NO_NOT_SURE = (*YES_OR_NO, (NOT_SURE, _("Not sure")))
CHOOSE_YES_OR_NO = _("Choose yes or no")
CHOOSE_OF_THREE = _("Choose yes, no or not sure")

SMALL = {"class": "govuk-input--width-5"}
NUMBER = r"\d{1,12}(\.\d{1,12})?"
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[ABD-HJLNP-UW-Z]{2})")
PHONE = re.compile(r"(\+44|0)\d{9,10}")


class FixedChoices:
    """Choices of a field that no form changes: all share them. Django copies each for each form."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return forms.Field.__deepcopy__(self, memo)  # type: ignore[attr-defined]  # it has one


class OneField(FixedChoices, forms.ChoiceField):
    """One of fixed choices."""


class SomeField(FixedChoices, forms.MultipleChoiceField):
    """Some of fixed choices."""


def line(
    label: Words, needed: Words, hint: Words = "", *, most: int = 200, **more: Any
) -> TextField:
    """A line of text. most: letters."""
    return TextField(
        label=label, help_text=hint, max_length=most, error_messages={"required": needed}, **more
    )


def words(
    label: Words,
    needed: Words,
    hint: Words = "",
    *,
    least: int = 0,
    most: int = 250,
    rows: int = 6,
    **more: Any,
) -> TextField:
    """Several lines. least, most: words."""
    return TextField(
        lines=True,
        rows=rows,
        words=most,
        label=label,
        help_text=hint,
        validators=[AtLeastWords(least)] if least else [],
        error_messages={"required": needed},
        **more,
    )


def one_of(
    label: Words, choices: Choices, needed: Words, hint: Words = "", **more: Any
) -> OneField:
    """One of a few, as radios."""
    return OneField(
        label=label,
        help_text=hint,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": needed, "invalid_choice": needed},
        **more,
    )


def one_of_many(
    label: Words, choices: Choices, needed: Words, hint: Words = "", **more: Any
) -> OneField:
    """One of many, from a list that opens."""
    return OneField(
        label=label,
        help_text=hint,
        choices=[("", _("Choose one")), *choices],
        error_messages={"required": needed, "invalid_choice": needed},
        **more,
    )


def some_of(
    label: Words, choices: Choices, needed: Words, hint: Words = "", **more: Any
) -> SomeField:
    """Some of a few, as boxes to tick."""
    return SomeField(
        label=label,
        help_text=hint,
        choices=list(choices),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": needed, "invalid_choice": needed},
        **more,
    )


def yes_or_no(label: Words, hint: Words = "", **more: Any) -> OneField:
    """Yes or no."""
    return one_of(label, YES_OR_NO, CHOOSE_YES_OR_NO, hint, **more)


def counted(
    label: Words, hint: Words, needed: Words, *, least: int, most: int, **more: Any
) -> WholeNumberField:
    """A whole number between two bounds, with our words when it is not."""
    return WholeNumberField(
        label=label,
        help_text=hint,
        validators=[
            MinValueValidator(least, _("Enter %(limit_value)s or more")),
            MaxValueValidator(most, _("Enter %(limit_value)s or less")),
        ],
        error_messages={"required": needed},
        **more,
    )


class NumberField(forms.Field):
    """A number with a bounded number of decimals, typed with or without commas. Gives a Decimal."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", **SMALL})
    default_error_messages = {
        "number": _("Enter a number, like %(example)s"),
        "places": _("Enter a number with at most %(places)s decimals"),
        "least": _("Enter %(limit)s or more"),
        "most": _("Enter %(limit)s or less"),
    }

    def __init__(
        self,
        *,
        least: str = "0",
        most: str = "1000000",
        places: int = 2,
        example: str = "38.5",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.least, self.most = Decimal(least), Decimal(most)
        self.places, self.example = places, example

    def to_python(self, value: Any) -> Decimal | None:
        """The number, or None for an empty box."""
        typed = plain_number(str(value or "")).removesuffix("%")
        if not typed:
            return None
        if not re.fullmatch(NUMBER, typed, re.ASCII):
            raise self._refused("number", example=self.example)
        if len(typed.partition(".")[2]) > self.places:
            raise self._refused("places", places=self.places)
        number = Decimal(typed)
        if number < self.least:
            raise self._refused("least", limit=self.least)
        if number > self.most:
            raise self._refused("most", limit=self.most)
        return number

    def _refused(self, code: str, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


def number(label: Words, needed: Words, hint: Words = "", **more: Any) -> NumberField:
    """A number with decimals."""
    return NumberField(label=label, help_text=hint, error_messages={"required": needed}, **more)


def percent(label: Words, needed: Words, hint: Words = "", **more: Any) -> NumberField:
    """A percentage from 0 to 100."""
    found = number(label, needed, hint, most="100", example="25", **more)
    found.suffix = "%"  # type: ignore[attr-defined]  # for the templates
    return found


def pounds(label: Words, needed: Words, hint: Words = "", **more: Any) -> PoundsField:
    """Whole pounds."""
    return PoundsField(
        most=MOST_POUNDS, label=label, help_text=hint, error_messages={"required": needed}, **more
    )


def day(
    label: Words, needed: Words, hint: Words = "", *, said: Mapping[str, Words] = {}, **more: Any
) -> DatePartsField:
    """A date in three boxes. said: sentences for dates too early or too late."""
    return DatePartsField(
        label=label, help_text=hint, error_messages={"required": needed, **said}, **more
    )


def day_line(
    label: Words, needed: Words, *, said: Mapping[str, Words] = {}, **more: Any
) -> DateLineField:
    """A date in one box, for a cell of a table."""
    return DateLineField(label=label, error_messages={"required": needed, **said}, **more)


def address(label: Words, needed: Words, hint: Words = "", **more: Any) -> AddressField:
    """An e-mail address."""
    return AddressField(label=label, help_text=hint, error_messages={"required": needed}, **more)


def web_address(label: Words, needed: Words, hint: Words = "", **more: Any) -> forms.URLField:
    """An address on the web, typed with or without https."""
    said = {"required": needed, "invalid": _("Enter a web address, like https://www.cqc.org.uk/")}
    return forms.URLField(
        assume_scheme="https", label=label, help_text=hint, error_messages=said, **more
    )


class PostcodeField(forms.CharField):
    """A UK postcode, typed with or without its space. Gives it with one."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"})

    def clean(self, value: str) -> str:
        typed = super().clean(value)
        found = POSTCODE.fullmatch(re.sub(r"\s", "", typed.upper()))
        if typed and not found:
            raise ValidationError(_("Enter a whole postcode, like SN1 2JG"))
        return f"{found[1]} {found[2]}" if found else ""


class PhoneField(forms.CharField):
    """A UK telephone number, kept as it was typed."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-20", "inputmode": "tel"})

    def clean(self, value: str) -> str:
        typed: str = super().clean(value)
        if typed and not PHONE.fullmatch(re.sub(r"[\s().-]", "", typed).replace("+440", "+44")):
            raise ValidationError(_("Enter a UK telephone number, like 0116 496 0000"))
        return typed


def phone(label: Words, needed: Words, hint: Words = "", **more: Any) -> PhoneField:
    """A telephone number."""
    return PhoneField(label=label, help_text=hint, error_messages={"required": needed}, **more)


def rows(
    label: Words, columns: Mapping[str, forms.Field], needed: Words, hint: Words = "", **more: Any
) -> RowsField:
    """A table. columns: id -> the field of its cells."""
    return RowsField(
        columns, label=label, help_text=hint, error_messages={"required": needed}, **more
    )


def product(label: Words, *factors: str) -> ProductField:
    """A column of a table that is worked out: other columns of its row, multiplied."""
    return ProductField(*factors, label=label)


def optional(field: Any) -> Any:
    """A field that may stay empty."""
    field.required = False
    return field
