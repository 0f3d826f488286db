"""The yearly figures as a form, and as the figures that the sums need."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.fields import PoundsField, TextField
from proposals.draft.questions import Answers, Page, PageForm, Topic, register
from proposals.money.savings import YEARS, Figures, savings

FIRST_BASE_YEAR = 2009
MOST_POUNDS = 100_000_000_000

LINES = {
    "F4": (
        _("Staying in-house"),
        _("What it would cost if nothing changed but savings already planned"),
        _("Enter the cost of staying in-house in year {year}"),
    ),
    "F5": (
        _("Contract price"),
        _("What your employer would pay the mutual"),
        _("Enter the contract price for year {year}"),
    ),
    "F6": (
        _("Managing the contract"),
        _("Your employer's own cost, and overheads it cannot shed"),
        _("Enter the cost of managing the contract in year {year}, or 0"),
    ),
}


def financial_year(start: int) -> str:
    """A financial year in words: 2027 to 2028."""
    return _("%(start)s to %(end)s") % {"start": start, "end": start + 1}


def base_years() -> list[tuple[str, Any]]:
    """The financial years that may be the base: from the first scheme to the present one."""
    today = clock.today()
    latest = today.year if today.month >= 4 else today.year - 1
    years = range(latest, FIRST_BASE_YEAR - 1, -1)
    return [("", _("Choose one")), *((str(year), financial_year(year)) for year in years)]


def _pounds(**options: Any) -> PoundsField:
    return PoundsField(most=MOST_POUNDS, **options)


class MoneyForm(PageForm):
    """The five-year figures. A cell is named by its line and year: F4_1 to F6_5."""

    F1 = forms.ChoiceField(
        label=_("Which financial year is today's cost from?"),
        choices=base_years,
        error_messages={
            "required": _("Choose the financial year"),
            "invalid_choice": _("Choose a financial year from the list"),
        },
    )
    F3 = _pounds(
        label=_("What does the service cost in that year?"),
        help_text=_(
            "The full cost: pay, premises, support services, a share of overheads, VAT that "
            "cannot be reclaimed, capital charges."
        ),
        error_messages={"required": _("Enter what the service costs in that year")},
    )
    F4_source = TextField(
        max_length=200,
        label=_("Where does the in-house figure come from?"),
        help_text=_("For example, the finance department's medium-term plan."),
        error_messages={"required": _("Say where the in-house figure comes from")},
    )
    F6_reason = TextField(
        max_length=300,
        label=_("If managing the contract costs nothing in a year, why?"),
        error_messages={"required": _("Say why managing the contract would cost nothing")},
        required=False,
    )
    F7 = _pounds(
        label=_("One-off costs to the public"),
        help_text=_("Employer, team and grants together. Enter 0 if there are none."),
        error_messages={"required": _("Enter the one-off costs, or 0")},
    )
    needed_if = {"F6_reason": lambda cleaned: 0 in _line(cleaned, "F6")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for year in range(1, YEARS + 1):
            if cleaned.get(f"F5_{year}") == 0:
                self.add_error(
                    f"F5_{year}",
                    ValidationError(
                        _("The contract price for year %(year)s must be more than 0"),
                        params={"year": year},
                    ),
                )
        return cleaned

    def lines(self) -> list[tuple[Any, Any, list[BoundField]]]:
        """The table's rows: name, hint, and the cells of five years."""
        return [
            (label, hint, [self[f"{key}_{year}"] for year in range(1, YEARS + 1)])
            for key, (label, hint, _needed) in LINES.items()
        ]


def _cells() -> dict[str, forms.Field]:
    return {
        f"{key}_{year}": _pounds(
            label=format_lazy(_("{line}, year {year}"), line=label, year=year),
            error_messages={"required": format_lazy(needed, year=year)},
        )
        for key, (label, _hint, needed) in LINES.items()
        for year in range(1, YEARS + 1)
    }


MoneyForm.base_fields.update(_cells())


def _line(cleaned: Mapping[str, Any], key: str) -> tuple[Any, ...]:
    return tuple(cleaned.get(f"{key}_{year}") for year in range(1, YEARS + 1))


def read(answers: Answers) -> dict[str, Any]:
    """What can be read of a section's answers."""
    form = MoneyForm(data=answers, complete=True)
    form.is_valid()
    return form.cleaned_data


def figures(cleaned: Mapping[str, Any]) -> Figures | None:
    """The figures as they were read, or None while one that the sums need is missing."""
    needed = [cleaned.get("F3"), cleaned.get("F7")]
    for key in LINES:
        needed += _line(cleaned, key)
    if None in needed:
        return None
    return Figures(
        baseline=cleaned["F3"],
        in_house=_line(cleaned, "F4"),
        price=_line(cleaned, "F5"),
        management=_line(cleaned, "F6"),
        one_off=cleaned["F7"],
    )


def verdict(answers: Answers) -> str:
    """That the plan costs more than staying in-house, or ""."""
    entered = figures(read(answers))
    net = savings(entered, Decimal(0)).net if entered else 0
    if net >= 0:
        return ""
    words = _("The plan costs £%(more)s more than staying in-house")
    return words % {"more": f"{math.ceil(-net / 100):,}"}


def promote_money(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What the service costs today, or that it is not known."""
    return {"base_cost_pence": cleaned.get("F3")}


MONEY = Topic(
    "money",
    _("The money, five years"),
    (Page("figures", _("The money, five years"), MoneyForm, url_name="proposals:money"),),
    promote_money,
    minutes=40,
    warns=verdict,
)
register(MONEY)
