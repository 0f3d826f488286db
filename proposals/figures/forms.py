"""What narrows the figures: a department, a sector, and whole months. All of it is in the address."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity import clock
from proposals.draft.models.proposal import Sector

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
class Chosen:
    """Which cases, and which months by their first days. department: None for all; sector: "" for all."""

    department: Organisation | None
    sector: str
    first: datetime.date
    last: datetime.date

    @property
    def months(self) -> list[datetime.date]:
        """The first day of each month from the first to the last."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        return [month_before(self.last, n) for n in range(count, -1, -1)]

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """What the figures are narrowed by, with its name."""
        department = self.department.name if self.department else _("All departments")
        sector = Sector(self.sector).label if self.sector else _("all sectors")
        return [
            (str(_("Department")), str(department)),
            (str(_("Sector")), str(sector)),
            (str(_("From")), month_in_words(self.first)),
            (str(_("Until")), month_in_words(self.last)),
        ]


def _of_list(label: Any, anything: Any, said: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", anything)],
        required=False,
        error_messages={"invalid_choice": said},
    )


class FilterForm(forms.Form):
    """Which cases, and which months. What cannot be read gets a sentence, and narrows nothing.

    No day can be chosen, and nothing but these: a smaller group than a month of one sector of one
    department is in no table.
    """

    mark_optional = False

    department = _of_list(
        _("Department"), _("All departments"), _("Choose a department from the list")
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("All sectors")), *Sector.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose a sector from the list")},
    )
    since = _of_list(_("From"), _("A year back"), _("Choose the first month from the list"))
    until = _of_list(_("Until"), _("This month"), _("Choose the last month from the list"))

    def __init__(self, here: Any, departments: list[Organisation]) -> None:
        super().__init__(here)
        self.departments = {body.slug: body for body in departments}
        months = [month_before(this_month(), n) for n in range(OFFERED)]
        offered = [(f"{month:%Y-%m}", month_in_words(month)) for month in months]
        fields: Any = self.fields
        fields["department"].choices += [(body.slug, body.name) for body in departments]
        fields["since"].choices += offered
        fields["until"].choices += offered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.chosen.last < self.chosen.first:
            self.add_error("until", _("The last month must not be before the first"))
        return cleaned

    @property
    def chosen(self) -> Chosen:
        """What was chosen; where no month was, a year of months up to the last, or to this one."""
        last = self._month("until") or this_month()
        return Chosen(
            department=self.departments.get(self.cleaned_data.get("department", "")),
            sector=self.cleaned_data.get("sector", ""),
            first=self._month("since") or month_before(last, USUAL - 1),
            last=last,
        )

    def _month(self, name: str) -> datetime.date | None:
        chosen = self.cleaned_data.get(name)
        return datetime.date.fromisoformat(f"{chosen}-01") if chosen else None
