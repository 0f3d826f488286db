"""What each result means, in one sentence, and how it was worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from activity.amounts import pounds
from proposals.money.books import (
    DAYS_IN_YEAR,
    DEPENDENCE_YEAR,
    LEAST_DAYS,
    MOST_DEPENDENCE,
    Books,
    Survival,
)
from proposals.money.savings import YEARS, Figures, Saving, rounded


@dataclass(frozen=True)
class Meaning:
    """A result: what it is called, its figure, its sentence, and the lines of its working.

    about: of which years it is, where a tile needs to say so.
    """

    title: str
    value: str
    sentence: str
    working: list[str]
    bad: bool = False
    about: str = ""


def of_saving(figures: Figures, saving: Saving, rate: Decimal) -> list[Meaning]:
    """What is saved, from the figure of one year to the share of the whole."""
    return [
        _gross(figures, saving),
        _net(saving),
        _present_value(saving, rate),
        _payback(saving),
        *_share(figures, saving),
    ]


def of_books(books: Books, found: Survival) -> list[Meaning]:
    """Whether the mutual would live on its own books."""
    return [
        _surplus(books, found),
        _cash(books, found),
        *_reserves(books, found),
        *_dependence(books, found),
    ]


def percent(part: Fraction) -> str:
    """A part of one with one decimal: 88.1%."""
    tenths = rounded(part * 1000)
    return f"{tenths // 10}.{tenths % 10}%"


def _gross(figures: Figures, saving: Saving) -> Meaning:
    total = sum(saving.gross)
    rows = zip(figures.in_house, figures.price, figures.management, saving.gross, strict=True)
    working = [
        _("Year %(n)d: %(stay)s − %(price)s − %(manage)s = %(gross)s")
        % {
            "n": n,
            "stay": pounds(stay),
            "price": pounds(price),
            "manage": pounds(manage),
            "gross": pounds(gross),
        }
        for n, (stay, price, manage, gross) in enumerate(rows, 1)
    ]
    sentence = _(
        "This is staying in-house less the price and less managing the contract, before one-off "
        "costs: a minus is a year that costs the public more."
    )
    return Meaning(_("Gross saving"), pounds(total), sentence, working, total < 0)


def _net(saving: Saving) -> Meaning:
    words = _("Over five years the public would pay %(amount)s less than if the service stayed.")
    if saving.net < 0:
        words = _(
            "Over five years the public would pay %(amount)s more than if the service stayed."
        )
    elif not saving.net:
        words = _("Over five years the public would pay the same as if the service stayed.")
    sums = " + ".join(pounds(pence) for pence in saving.gross)
    working = [f"{sums} − {pounds(saving.one_off)} = {pounds(saving.net)}"]
    sentence = words % {"amount": pounds(abs(saving.net))}
    return Meaning(_("Net saving"), pounds(saving.net), sentence, working, saving.net <= 0)


def _present_value(saving: Saving, rate: Decimal) -> Meaning:
    growth = 1 + Fraction(rate)
    working = [
        f"{_year(n)}: {pounds(pence)} ÷ {(1 + rate).normalize():f}{_power(n)} = {_whole(pence / growth**n)}"
        for n, pence in enumerate(saving.gross, 1)
    ]
    working.append(
        _("All years together, less one-off costs of %(one_off)s, make %(value)s.")
        % {"one_off": pounds(saving.one_off), "value": _whole(Fraction(saving.present_value))}
    )
    sentence = _(
        "A pound next year is worth less than a pound now, by %(rate)s%% a year: today the five "
        "years are worth this much."
    ) % {"rate": f"{rate * 100:f}".rstrip("0").rstrip(".")}
    value = _whole(Fraction(saving.present_value))
    return Meaning(_("Present value"), value, sentence, working, saving.present_value <= 0)


def _payback(saving: Saving) -> Meaning:
    working = [
        _("After year %(n)d: %(total)s") % {"n": n, "total": pounds(total)}
        for n, total in enumerate(saving.running, 1)
    ]
    working.insert(0, _("At the start: %(total)s") % {"total": pounds(-saving.one_off)})
    year = saving.payback_year
    if year is None:
        sentence = _("In five years the savings never make up for the one-off costs.")
        return Meaning(_("Payback"), _("Never"), sentence, working, bad=True)
    sentence = _("By the end of year %(year)d the savings have made up for the one-off costs.")
    return Meaning(_("Payback"), _year(year), sentence % {"year": year}, working)


def _share(figures: Figures, saving: Saving) -> Iterator[Meaning]:
    if saving.share is None:
        return
    value = f"{saving.share * 100:.2f}%".replace("-", "−")
    total = pounds(sum(figures.in_house))
    sentence = _("This is the part of the cost of staying in-house that the plan would save.")
    working = [f"{pounds(saving.net)} ÷ {total} = {value}"]
    yield Meaning(_("Share"), value, sentence, working, saving.net <= 0)


def _surplus(books: Books, found: Survival) -> Meaning:
    rows = zip(books.income_by_year, books.costs_by_year, found.surplus, strict=True)
    working = [
        f"{_year(n)}: {pounds(income)} − {pounds(costs)} = {pounds(surplus)}"
        for n, (income, costs, surplus) in enumerate(rows, 1)
    ]
    sentence = _("Income covers costs in each of the five years.")
    if found.deficits:
        words = _("Costs are more than income in %(count)d of five years.")
        sentence = words % {"count": found.deficits}
    value = pounds(sum(found.surplus))
    return Meaning(
        _("Surplus"), value, sentence, working, found.deficits > 1, _("five years together")
    )


def _cash(books: Books, found: Survival) -> Meaning:
    working = [
        _("Least at the end of a month of year 1: %(cash)s") % {"cash": pounds(books.lowest)}
    ]
    working += [
        _("At the end of year %(n)d: %(cash)s") % {"n": n, "cash": pounds(cash)}
        for n, cash in enumerate(books.closing, 1)
    ]
    words = _("The mutual has least money in year %(year)d, and can still pay its bills.")
    if found.low_point < 0:
        words = _("In year %(year)d the mutual could not pay its bills without being lent money.")
    sentence = words % {"year": found.low_year}
    value = pounds(found.low_point)
    return Meaning(
        _("Cash low point"),
        value,
        sentence,
        working,
        found.low_point < 0,
        _("in year %(n)d") % {"n": found.low_year},
    )


def _reserves(books: Books, found: Survival) -> Iterator[Meaning]:
    least = found.least_days
    if least is None:
        return
    rows = zip(books.closing, books.costs_by_year, found.days, strict=True)
    working = [
        f"{_year(n)}: {pounds(max(cash, 0))} ÷ ({pounds(costs)} ÷ {DAYS_IN_YEAR}) = {in_days(days)}"
        for n, (cash, costs, days) in enumerate(rows, 1)
        if days is not None
    ]
    sentence = _(
        "For so long the cash at the end of a year would pay the costs if no money came in, in "
        "the year when that is shortest."
    )
    bad = least < LEAST_DAYS
    yield Meaning(
        _("Days of reserves"), in_days(least), sentence, working, bad, _("in the shortest year")
    )


def _dependence(books: Books, found: Survival) -> Iterator[Meaning]:
    part = found.dependence[DEPENDENCE_YEAR - 1]
    if part is None:
        return
    parts = zip(found.dependence, books.income_by_year, strict=True)
    working = [
        f"{_year(n)}: {pounds(rounded(each * income))} ÷ {pounds(income)} = {percent(each)}"
        for n, (each, income) in enumerate(parts, 1)
        if each is not None
    ]
    sentence = _(
        "This part of the income of year 3 comes from one contract: the more it is, the harder it "
        "would be to live on without it."
    )
    bad = part > MOST_DEPENDENCE
    yield Meaning(
        _("Dependence on the main contract"),
        percent(part),
        sentence,
        working,
        bad,
        _("of the income of year 3"),
    )


def in_days(days: int | None) -> str:
    """33 days; "" where they are not known."""
    return "" if days is None else _("%(days)d days") % {"days": days}


def _year(number: int) -> str:
    return _("Year %(n)d") % {"n": number}


def _power(number: int) -> str:
    """How often a year's rate is taken, as a small number above; none for once."""
    powers: Sequence[str] = ("", "²", "³", "⁴", "⁵")
    return powers[min(number, YEARS) - 1]


def _whole(pence: Fraction) -> str:
    """Pence to the pound."""
    return pounds(rounded(pence / 100) * 100)
