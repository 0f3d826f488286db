"""The figures of a proposal as pages of questions: F1 to F15."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from activity.grids import GridField, Line, wrong_box
from proposals.draft import asking as ask
from proposals.draft.codes import MOST_POUNDS, YES
from proposals.draft.questions import Answers, Page, Topic, register
from proposals.money import lines, reading
from proposals.money.asking import MoneyForm, Row, base_years, by_year, minus, running
from proposals.money.books import is_short_of_contingency
from proposals.money.savings import YEARS

PRICES = (
    ("constant", _("Constant prices")),
    ("cash", _("Cash prices")),
)
SOURCES = (
    ("advance", _("The employer pays in advance")),
    ("reserves", _("Money of the mutual's own")),
    ("grant", _("A grant")),
    ("loan", _("A loan or overdraft")),
    ("equity", _("Members' shares or equity")),
    ("none", _("None is needed")),
)
FINANCE = (
    ("grant", _("Grant")),
    ("loan", _("Loan")),
    ("equity", _("Equity")),
    ("quasi-equity", _("Quasi-equity")),
)


def _grid(label: Any, of: Mapping[str, Line], hint: Any = "", **options: Any) -> GridField:
    return GridField(of, most=MOST_POUNDS, label=label, help_text=hint, **options)


class TodayForm(MoneyForm):
    F1 = forms.ChoiceField(
        label=_("Which financial year is today's cost from?"),
        choices=base_years,
        error_messages={
            "required": _("Choose the financial year"),
            "invalid_choice": _("Choose a financial year from the list"),
        },
    )
    F2 = ask.one_of(
        _("In which prices are all figures?"),
        PRICES,
        _("Choose constant or cash prices"),
        _(
            "Constant prices are those of the year above, so that years can be compared: we "
            "recommend them. Cash prices are what would be paid in each year."
        ),
    )
    F2_inflation = ask.percent(
        _("How much inflation a year do you assume?"),
        _("Enter the inflation that you assume, or 0"),
        _("We work out what would happen if the contract price never rose with it."),
    )
    F3 = _grid(
        _("What does the service cost in that year?"),
        lines.TODAY,
        _("The full cost, in whole pounds. A line that you leave empty counts as 0."),
        may_skip=True,
        was_whole=True,
        error_messages={"required": _("Enter what the service costs in that year")},
    )


class SavingForm(MoneyForm):
    F4 = _grid(_("Staying in-house"), lines.IN_HOUSE, columns=YEARS, group="public")
    F5 = _grid(_("Contract price"), lines.PRICE, columns=YEARS, group="public")
    F6 = _grid(_("Managing the contract"), lines.MANAGING, columns=YEARS, group="public")
    F4_source = ask.line(
        _("Where does the in-house figure come from?"),
        _("Say where the in-house figure comes from"),
        _("For example, the finance department's medium-term plan."),
    )
    F6_reason = ask.line(
        _("If managing the contract costs nothing in a year, why?"),
        _("Say why managing the contract would cost nothing"),
        most=300,
        required=False,
    )
    F7 = _grid(
        _("One-off costs to the public"),
        lines.ONE_OFF,
        _("What is paid once, whoever pays it. Enter 0 where there is nothing."),
        was_whole=True,
    )
    needed_if = {"F6_reason": lambda cleaned: 0 in reading.line(cleaned, "F6")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for year, price in enumerate(reading.line(cleaned, "F5"), 1):
            if price == 0:
                words = said("The contract price for year %(year)s must be more than 0")
                self.add_error("F5", wrong_box(str(year), words % {"year": year}))
        return cleaned

    def worked(self) -> list[Row]:
        public = (self.years_of(SavingForm, name) for name in ("F4", "F5", "F6"))
        stay, price, manage = public
        gross = minus(minus(stay, price), manage)
        one_off = self.sum_of(SavingForm, "F7")
        after = running(gross, None if one_off is None else -one_off)
        return [
            Row("gross", said("Gross saving"), gross, by_year(gross)),
            Row("running", said("Running total after one-off costs"), after, after[-1]),
        ]


class IncomeForm(MoneyForm):
    F8 = _grid(
        _("Income of the mutual"),
        lines.INCOME,
        _("In whole pounds. A line that you leave empty counts as 0 in every year."),
        columns=YEARS,
        may_skip=True,
        error_messages={"required": _("Enter the income from the main contract")},
    )


class CostsForm(MoneyForm):
    F9 = _grid(
        _("Costs of the mutual"),
        lines.COSTS,
        _("In whole pounds. A line that you leave empty counts as 0 in every year."),
        columns=YEARS,
        may_skip=True,
        error_messages={"required": _("Enter the costs of the mutual")},
    )

    def worked(self) -> list[Row]:
        income, costs = self.years_of(IncomeForm, "F8"), self.years_of(CostsForm, "F9")
        surplus = minus(income, costs)
        return [
            Row("income", said("Income, from the page before"), income, by_year(income)),
            Row("surplus", said("Surplus or deficit"), surplus, by_year(surplus)),
        ]

    def notes(self) -> list[str]:
        costs = reading.whole(self.cleaned_data, "F9") if self.is_valid() else None
        if costs is None or not is_short_of_contingency(costs):
            return []
        return [said("In one or more years the contingency is less than 2% of the other costs.")]


class CashForm(MoneyForm):
    F11_opening = ask.pounds(
        _("How much cash would the mutual begin with?"),
        _("Enter the cash that the mutual would begin with, or 0"),
    )
    F11_lowest = ask.pounds(
        _("What is the least cash at the end of a month in year 1?"),
        _("Enter the least cash at the end of a month in year 1"),
        _("Write a minus before it where the mutual would be overdrawn: -12,000."),
        signed=True,
    )
    F11_closing = _grid(
        _("Cash at the end of each year"), lines.CASH, columns=YEARS, signed=True, adds_up=False
    )
    F11_facility = ask.line(
        _("If cash falls below 0, which overdraft or loan would cover it?"),
        _("Name the overdraft or loan that covers cash below 0"),
        _("Who gives it, and up to how much."),
        required=False,
    )
    F13 = ask.pounds(
        _("How much working capital does the mutual need?"),
        _("Enter the working capital, or 0"),
        _("Money to pay staff and bills before the first payments come in."),
    )
    F13_source = ask.one_of_many(
        _("Where would it come from?"), SOURCES, _("Choose where it would come from")
    )
    needed_if = {
        "F11_facility": lambda cleaned: any(
            (cash or 0) < 0
            for cash in (cleaned.get("F11_lowest"), *reading.line(cleaned, "F11_closing"))
        )
    }

    def worked(self) -> list[Row]:
        income, costs = self.years_of(IncomeForm, "F8"), self.years_of(CostsForm, "F9")
        surplus = minus(income, costs)
        words = said("Surplus or deficit, from your income and costs")
        return [Row("surplus", words, surplus, by_year(surplus))]


class FinanceForm(MoneyForm):
    heading_field = "F15"
    F15 = ask.yes_or_no(_("Does the mutual want a grant, a loan or an investment?"))
    F15_list = ask.rows(
        _("Which finance?"),
        {
            "kind": ask.one_of_many(_("Kind"), FINANCE, _("Choose the kind")),
            "amount": ask.pounds(_("Amount"), _("Enter the amount")),
            "from": ask.line(_("From whom"), _("Enter from whom"), most=100),
            "use": ask.line(_("What for"), _("Say what for"), most=150),
        },
        _("Enter at least one"),
        _("Quasi-equity is lent and paid back out of surpluses."),
    )
    reveals = {"F15": {YES: ("F15_list",)}}


def verdict(answers: Answers) -> str:
    """That the plan costs more than staying in-house, or ""."""
    form = SavingForm(data=answers)
    net = reading.net(form.cleaned_data) if form.is_valid() else None
    if net is None or net >= 0:
        return ""
    words = said("The plan costs £%(more)s more than staying in-house")
    return words % {"more": f"{math.ceil(Decimal(-net) / 100):,}"}


def promote_money(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What the service costs today, or that it is not known."""
    return {"base_cost_pence": reading.total(cleaned, "F3")}


def _page(key: str, title: Any, form: type[MoneyForm], name: str = "") -> Page:
    return Page(key, title, form, url_name=f"proposals:{name or f'money_{key}'}")


MONEY = Topic(
    "money",
    _("The money, five years"),
    (
        _page("today", _("What the service costs today"), TodayForm),
        _page("figures", _("What it would save the public"), SavingForm, "money"),
        _page("income", _("The mutual's income"), IncomeForm),
        _page("costs", _("The mutual's costs"), CostsForm),
        _page("cash", _("The mutual's cash"), CashForm),
        _page("finance", _("Finance that is wanted"), FinanceForm),
    ),
    promote_money,
    minutes=90,
    warns=verdict,
)
register(MONEY)


def read(answers: Answers) -> dict[str, Any]:
    """What can be read of a section's answers."""
    found: dict[str, Any] = {}
    for page in MONEY.pages:
        form = page.form(data=answers)
        form.is_valid()
        found |= form.cleaned_data
    return found
