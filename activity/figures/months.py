"""Whole months: how they are chosen for figures, and said. No day can be chosen."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity import clock

# Months that are offered, and how many are shown to whoever asked for none.
OFFERED, USUAL = 36, 12


def month_before(first: datetime.date, months: int) -> datetime.date:
    """The first day of the month so many before one. first: a first day. Pure."""
    whole = first.year * 12 + first.month - 1 - months
    return datetime.date(whole // 12, whole % 12 + 1, 1)


def month_in_words(first: datetime.date) -> str:
    """March 2027."""
    return f"{MONTHS[first.month]} {first.year}"


def this_month() -> datetime.date:
    """Its first day."""
    return clock.today().replace(day=1)


@dataclass(frozen=True)
class Months:
    """Months one after another, the first and the last by their first days."""

    first: datetime.date
    last: datetime.date

    @property
    def months(self) -> list[datetime.date]:
        """The first day of each month from the first to the last."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        return [month_before(self.last, n) for n in range(count, -1, -1)]

    @property
    def ends_in_words(self) -> list[tuple[str, str]]:
        """The first and the last month with what each is called."""
        return [
            (_("From"), month_in_words(self.first)),
            (_("Until"), month_in_words(self.last)),
        ]


def of_list(label: Any, anything: Any, said: Any) -> forms.ChoiceField:
    """One of a list that the form fills in; nothing chosen is `anything`, what is not in it `said`."""
    return forms.ChoiceField(
        label=label,
        choices=[("", anything)],
        required=False,
        error_messages={"invalid_choice": said},
    )


class MonthsForm(forms.Form):
    """Which months. What cannot be read gets a sentence."""

    mark_optional = False

    since = of_list(
        gettext_lazy("From"),
        gettext_lazy("A year back"),
        gettext_lazy("Choose the first month from the list"),
    )
    until = of_list(
        gettext_lazy("Until"),
        gettext_lazy("This month"),
        gettext_lazy("Choose the last month from the list"),
    )

    def __init__(self, here: Any) -> None:
        super().__init__(here)
        months = [month_before(this_month(), n) for n in range(OFFERED)]
        fields: Any = self.fields
        for name in ("since", "until"):
            fields[name].choices += [(f"{month:%Y-%m}", month_in_words(month)) for month in months]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.last < self.first:
            self.add_error("until", _("The last month must not be before the first"))
        return cleaned

    @property
    def last(self) -> datetime.date:
        """The last month that was chosen, or this one."""
        return self._month("until") or this_month()

    @property
    def first(self) -> datetime.date:
        """The first month that was chosen, or that of a year up to the last."""
        return self._month("since") or month_before(self.last, USUAL - 1)

    def _month(self, name: str) -> datetime.date | None:
        chosen = self.cleaned_data.get(name)
        return datetime.date.fromisoformat(f"{chosen}-01") if chosen else None
