"""A date typed in three boxes, day, month and year; dates and times of day in words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")
# 31/3/2027, 31 March 2027, 31st Mar. 2027.
WHOLE_DATE = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\s*[ ./-]\s*"
    r"(\d{1,2}|[^\W\d]{3,}\.?)\s*[ ./,-]\s*(\d{4})"
)
LIMITS = ("earliest", "latest")
# A first or last date; a function where it moves with the day.
Limit = date | Callable[[], date] | None
LIKE = {"day": "6", "month": "4", "year": "2027"}


@dataclass(frozen=True)
class TypedDate:
    """The three boxes as they were typed."""

    day: str = ""
    month: str = ""
    year: str = ""


class DatePartsWidget(forms.Widget):
    """Three boxes named `<name>-day`, `-month` and `-year`."""

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedDate:
        """The boxes as they were sent, or as they were kept: part -> text, under the name itself."""
        kept = data.get(name)
        if isinstance(kept, Mapping):
            data = {f"{name}-{part}": text for part, text in kept.items()}
        typed = (str(data.get(f"{name}-{part}", "")) for part in PARTS)
        return TypedDate(*("".join(filter(str.isprintable, text)).strip() for text in typed))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in PARTS)

    def format_value(self, value: Any) -> Any:
        """The boxes for a date of the record, for what was typed, or empty ones."""
        if isinstance(value, date):
            return TypedDate(str(value.day), str(value.month), str(value.year))
        if isinstance(value, Mapping):
            return TypedDate(*(str(value.get(part, "")) for part in PARTS))
        return value if isinstance(value, TypedDate) else TypedDate()


class DatePartsField(forms.Field):
    """A date typed as day, month and year; the month may be a word. Gives a `datetime.date`.

    The whole date may stand in the first box: 31/3/2027, 31 March 2027.

    Every error names the boxes that are wrong in `params["parts"]`, so that its link lands there.
    earliest, latest: the first and the last date that may be typed.
    """

    widget = DatePartsWidget
    empty_values = [None, "", TypedDate()]
    default_error_messages = {
        "required": _("Enter the date"),
        "incomplete": _("The date must include %(missing)s"),
        "unreal": _("%(typed)s does not exist"),
        "number": _("Enter the %(part)s as a number, like %(example)s"),
        "year": _("The year must have 4 numbers, like 2027"),
        "earliest": _("Enter a date on or after %(limit)s"),
        "latest": _("Enter a date on or before %(limit)s"),
    }

    def __init__(self, *, earliest: Limit = None, latest: Limit = None, **options: Any) -> None:
        super().__init__(**options)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value: Any) -> date | None:
        """The date, or None when all three boxes are empty."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        value = in_parts(value)
        self._refuse_gaps(value)
        day, month, year = self._number(value, "day"), self._month(value), self._year(value)
        try:
            return date(year, month, day)
        except ValueError as problem:
            typed = f"{day} {MONTHS[month]}"
            if (day, month) == (29, 2):
                typed += f" {year}"
            raise self._refused("unreal", ["day"], typed=typed) from problem

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise self._refused("required", PARTS)

    def run_validators(self, value: Any) -> None:
        earliest, latest = _day(self.earliest), _day(self.latest)
        if value and earliest and value < earliest:
            raise self._refused("earliest", PARTS, limit=in_words(earliest))
        if value and latest and value > latest:
            raise self._refused("latest", PARTS, limit=in_words(latest))
        super().run_validators(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True

    def _refuse_gaps(self, typed: TypedDate) -> None:
        names = {"day": gettext("a day"), "month": gettext("a month"), "year": gettext("a year")}
        missing = [part for part in PARTS if not getattr(typed, part)]
        if missing:
            words = gettext(" and ").join(names[part] for part in missing)
            raise self._refused("incomplete", missing, missing=words)

    def _number(self, typed: TypedDate, part: str) -> int:
        text = getattr(typed, part)
        if not re.fullmatch(r"[0-9]{1,4}", text):
            raise self._refused("number", [part], part=gettext(part), example=LIKE[part])
        return int(text)

    def _month(self, typed: TypedDate) -> int:
        word = typed.month.lower().rstrip(".")
        for number, name in MONTHS.items():
            if len(word) >= 3 and str(name).lower().startswith(word):
                return number
        number = self._number(typed, "month")
        if number not in MONTHS:
            raise self._refused("number", ["month"], part=gettext("month"), example=LIKE["month"])
        return number

    def _year(self, typed: TypedDate) -> int:
        year = self._number(typed, "year")
        if year < 1000:
            raise self._refused("year", ["year"])
        return year

    def _refused(self, code: str, parts: Any, **params: str) -> ValidationError:
        return ValidationError(
            self.error_messages[code], code=code, params={**params, "parts": list(parts)}
        )


class DateLineField(forms.Field):
    """A date typed into one box, as 31/3/2027 or 31 March 2027. Gives a `datetime.date`.

    earliest, latest: as in `DatePartsField`, whose sentences these are.
    """

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10"})
    default_error_messages = {"required": _("Enter the date, like 31 3 2027")}

    def __init__(self, *, earliest: Limit = None, latest: Limit = None, **options: Any) -> None:
        super().__init__(**options)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value: Any) -> date | None:
        """The date, or None when the box is empty."""
        if not str(value or "").strip():
            return None
        typed = in_parts(TypedDate(str(value).strip()))
        if not typed.month:
            raise ValidationError(_("Enter the date with day, month and year, like 31 3 2027"))
        said = {code: self.error_messages[code] for code in LIMITS if code in self.error_messages}
        limits = {"earliest": self.earliest, "latest": self.latest}
        found: date = DatePartsField(**limits, error_messages=said).clean(typed)
        return found


def _day(limit: Limit) -> date | None:
    return limit() if callable(limit) else limit


def in_parts(typed: TypedDate) -> TypedDate:
    """A date of which all was typed into the first box, in its parts; any other as it is."""
    if typed.month or typed.year:
        return typed
    found = WHOLE_DATE.fullmatch(typed.day)
    return TypedDate(*found.groups()) if found else typed


def in_words(day: date) -> str:
    """6 April 2027."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def long_in_words(day: date) -> str:
    """Tuesday 6 April 2027: within two weeks people think in weekdays."""
    return f"{WEEKDAYS[day.weekday()]} {in_words(day)}"


def time_in_words(at: time) -> str:
    """10:15am, 9am, midday, midnight."""
    if at.minute == 0 and at.hour in (0, 12):
        return gettext("midday") if at.hour else gettext("midnight")
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def moment_in_words(at: datetime) -> str:
    """A day and a time as people here read them: 19 March 2027, 8pm."""
    local = timezone.localtime(at)
    return f"{in_words(local.date())}, {time_in_words(local.time())}"
