"""What to look at again in the figures, in words with the figures in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.amounts import pounds
from proposals.money import doubts, reading
from proposals.money.books import DEPENDENCE_YEAR, MAIN, Books, survival
from proposals.money.doubts import Doubt
from proposals.money.meanings import percent
from proposals.money.savings import Figures

SENTENCES: Mapping[Doubt, str | Promise] = {
    Doubt.HEADLINE: gettext_lazy(
        "The headline of %(headline)s compares the price with today's budget. The service would "
        "change in-house too, so do not claim it as a saving."
    ),
    Doubt.FLAT: gettext_lazy(
        "Staying in-house costs %(baseline)s in every year, the same as today. Enter the savings "
        "that your employer plans already: without them the saving is only a headline."
    ),
    Doubt.ONE_OFF: gettext_lazy(
        "No one-off costs are entered. Law, advice, redundancy and moving systems cost something, "
        "whoever pays it."
    ),
    Doubt.PURSES: gettext_lazy(
        "Other public bodies and grants would pay the mutual %(other)s in five years. Where that "
        "pays for what the contract pays for now, the cost has moved to another public budget "
        "and is not saved."
    ),
    Doubt.VAT: gettext_lazy(
        "The mutual would pay less VAT than the service does now. VAT goes to the public purse, "
        "so paying less of it is not a saving."
    ),
    Doubt.PRICE: gettext_lazy(
        "In year %(differs)s the contract price is %(price)s, but the income from the main "
        "contract is %(main)s. They should be the same."
    ),
    Doubt.DEFICITS: gettext_lazy("Costs are more than income in %(deficits)s of five years."),
    Doubt.CASH: gettext_lazy(
        "Cash falls to %(low)s in year %(low_year)s. It would have to be covered by: %(facility)s."
    ),
    Doubt.RESERVES: gettext_lazy(
        "At the end of one of the years the cash would pay the costs for %(days)s days. Under 30, "
        "one late payment could stop the service."
    ),
    Doubt.DEPENDENCE: gettext_lazy(
        "In year 3, %(dependence)s of the income comes from one contract. If it ended, the mutual "
        "might end with it."
    ),
    Doubt.CONTINGENCY: gettext_lazy(
        "In one or more years less than 2%% of the other costs is kept for what nobody foresees."
    ),
}


def of_saving(figures: Figures) -> list[str]:
    """Classic errors in the saving."""
    known = {"headline": pounds(figures.headline), "baseline": pounds(figures.baseline)}
    return [_in_words(doubt, known) for doubt in doubts.of_saving(figures)]


def of_purses(figures: Figures, books: Books, cleaned: reading.Cleaned) -> list[str]:
    """Money that only moves, and books that speak of another price."""
    main = books.income.get(MAIN, ())
    pairs = zip(figures.price, main, strict=True)
    differs = next((n for n, (price, got) in enumerate(pairs, 1) if price != got), 1)
    known = {
        "other": pounds(doubts.other_public(books)),
        "differs": differs,
        "price": pounds(figures.price[differs - 1]),
        "main": pounds(main[differs - 1]),
    }
    vat = reading.amount(cleaned, "F3", doubts.VAT)
    return [_in_words(doubt, known) for doubt in doubts.of_purses(figures, vat, books)]


def of_books(books: Books, cleaned: reading.Cleaned) -> list[str]:
    """Signs that the mutual would not survive."""
    found = survival(books)
    dependence = found.dependence[DEPENDENCE_YEAR - 1]
    known = {
        "deficits": found.deficits,
        "low": pounds(found.low_point),
        "low_year": found.low_year,
        "facility": cleaned.get("F11_facility") or _("nothing that you have named"),
        "days": found.least_days,
        "dependence": "" if dependence is None else percent(dependence),
    }
    return [_in_words(doubt, known) for doubt in doubts.of_books(books)]


def _in_words(doubt: Doubt, known: Mapping[str, Any]) -> str:
    return str(SENTENCES[doubt]) % known
