"""What to doubt in the figures of a proposal: the classic errors, and books that would not hold."""

from __future__ import annotations

from enum import Enum

from proposals.money.books import (
    DEPENDENCE_YEAR,
    LEAST_DAYS,
    MAIN,
    MOST_DEFICITS,
    MOST_DEPENDENCE,
    Books,
    is_short_of_contingency,
    survival,
)
from proposals.money.savings import Figures

OTHER_PURSES = ("other_public", "grants")
VAT = "vat"


class Doubt(Enum):
    """One thing to look at again. None of them stops anything."""

    HEADLINE = "headline"
    FLAT = "flat"
    ONE_OFF = "one-off"
    PURSES = "purses"
    VAT = "vat"
    PRICE = "price"
    DEFICITS = "deficits"
    CASH = "cash"
    RESERVES = "reserves"
    DEPENDENCE = "dependence"
    CONTINGENCY = "contingency"


def of_saving(figures: Figures) -> list[Doubt]:
    """The classic errors in the saving itself.

    HEADLINE: the price is below today's budget, and yet nothing is saved. FLAT: staying in-house
    costs what it costs today in every year. ONE_OFF: there are no one-off costs.
    Source: domain guide 3.7 (the auditor's point).
    """
    found = {
        Doubt.HEADLINE: figures.headline > 0 >= figures.net,
        Doubt.FLAT: set(figures.in_house) == {figures.baseline},
        Doubt.ONE_OFF: figures.one_off == 0,
    }
    return [doubt for doubt, holds in found.items() if holds]


def of_purses(figures: Figures, vat_today: int, books: Books) -> list[Doubt]:
    """Money that only moves between public purses, and books that speak of another price.

    PURSES: the price is below staying in-house while other public bodies or grants pay the mutual.
    VAT: in some year it pays less VAT than the service does now. PRICE: income from the main
    contract is not the price in every year.
    """
    vat = books.costs.get(VAT, (0,))
    found = {
        Doubt.PURSES: other_public(books) > 0 and sum(figures.price) < sum(figures.in_house),
        Doubt.VAT: min(vat) < vat_today,
        Doubt.PRICE: tuple(books.income.get(MAIN, ())) != figures.price,
    }
    return [doubt for doubt, holds in found.items() if holds]


def of_books(books: Books) -> list[Doubt]:
    """Signs that the mutual would not survive as planned. Source: domain guide 3.7, F9 to F14."""
    found = survival(books)
    dependence, days = found.dependence[DEPENDENCE_YEAR - 1], found.least_days
    flags = {
        Doubt.DEFICITS: found.deficits > MOST_DEFICITS,
        Doubt.CASH: found.low_point < 0,
        Doubt.RESERVES: days is not None and days < LEAST_DAYS,
        Doubt.DEPENDENCE: dependence is not None and dependence > MOST_DEPENDENCE,
        Doubt.CONTINGENCY: is_short_of_contingency(books.costs),
    }
    return [doubt for doubt, holds in flags.items() if holds]


def other_public(books: Books) -> int:
    """What other public bodies and grants pay the mutual in five years, in pence."""
    return sum(sum(books.income.get(line, ())) for line in OTHER_PURSES)
