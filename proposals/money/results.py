"""What the figures come to, as the words and numbers that pages show."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from activity.amounts import pounds
from proposals.draft.models import SchemeVersion
from proposals.draft.questions import Answers
from proposals.money import meanings, reading, warnings
from proposals.money.asking import year_names
from proposals.money.books import (
    DEPENDENCE_YEAR,
    LEAST_DAYS,
    Books,
    Survival,
    survival,
    with_less_income,
    without_indexation,
)
from proposals.money.forms import read
from proposals.money.savings import YEARS, Figures, Saving, remedies, savings
from proposals.money.sensitivity import WHOLE, Move, moves

Words = dict[str, Any]
# The year of which the shocks are told: the one that domain guide 3.7 looks at for dependence.
TOLD = DEPENDENCE_YEAR


def result_words(answers: Answers, scheme: SchemeVersion) -> Words:
    """The result of a section's answers under a scheme, for a page; {} while figures are missing.

    What the mutual's own books come to is there once these are whole.
    """
    cleaned = read(answers)
    entered = reading.figures(cleaned)
    if entered is None:
        return {}
    kept = reading.books(cleaned)
    found = _saving_words(entered, cleaned, scheme.discount_rate)
    if kept is None:
        return found
    own = _books_words(kept, cleaned)
    doubted = [
        *found["doubts"],
        *warnings.of_purses(entered, kept, cleaned),
        *warnings.of_books(kept, cleaned),
    ]
    return found | own | {"doubts": doubted}


def _saving_words(entered: Figures, cleaned: reading.Cleaned, rate: Decimal) -> Words:
    found = savings(entered, rate)
    ways_out = remedies(found)
    changed = [_move(move) for move in moves(entered)]
    lines = zip(
        range(1, YEARS + 1),
        year_names(cleaned.get("F1")),
        entered.in_house,
        entered.price,
        entered.management,
        found.gross,
        found.running,
        strict=True,
    )
    return {
        "figures": entered,
        "saving": found,
        "remedies": ways_out,
        "least_cut": _up_to_the_pound(ways_out.price_a_year) if ways_out else None,
        "loss": -found.net,
        "present_value": round(found.present_value / 100) * 100,
        "percent": _percent(found.share),
        "rate": (rate * 100).normalize(),
        "lines": list(lines),
        "in_house_total": sum(entered.in_house),
        "price_total": sum(entered.price),
        "management_total": sum(entered.management),
        "gross_total": sum(found.gross),
        "chart": _chart(entered, found),
        "meanings": meanings.of_saving(entered, found, rate),
        "assumptions": changed,
        "tornado": {
            "rows": [(each["name"], each["worse"], each["better"]) for each in changed],
            "names": [_("Worse case"), _("Better case")],
        },
        "doubts": warnings.of_saving(entered),
    }


def _chart(entered: Figures, found: Saving) -> Words:
    """What the two charts draw, in pence: from the headline to the net saving, and the years."""
    years = [_("Year %(n)d") % {"n": n} for n in range(1, YEARS + 1)]
    # Less than nought when staying in-house would get cheaper too, as it mostly would.
    anyway = sum(entered.in_house) - YEARS * entered.baseline
    return {
        "steps": [
            (_("Headline: today's budget minus price"), found.headline),
            (
                _("Savings in-house would make anyway")
                if anyway <= 0
                else _("What in-house would cost more"),
                anyway,
            ),
            (_("Cost of managing the contract"), -sum(entered.management)),
            (_("One-off costs"), -found.one_off),
            (_("Net saving over five years"), found.net),
        ],
        "labels": [_("Start"), *years],
        "amounts": [-found.one_off, *found.gross],
        "totals": [-found.one_off, *found.running],
    }


def _move(move: Move) -> Words:
    """One assumption: its name, what changes in the two cases, and the net saving then, to the pound."""
    names = {
        "efficiency": (_("In-house efficiency"), "", ""),
        "price": (_("Contract price"), _("1% higher"), _("1% lower")),
        "management": (
            _("Managing the contract"),
            _("£5,000 a year more"),
            _("£5,000 a year less"),
        ),
        "one_off": (_("One-off costs"), _("20% higher"), _("20% lower")),
    }
    name, worse, better = names[move.key]
    if move.rates:
        worse, better = (_rate(rate) for rate in move.rates)
    return {
        "name": name,
        "worse_if": worse,
        "worse": _to_the_pound(move.worse),
        "better_if": better,
        "better": _to_the_pound(move.better),
    }


def _rate(rate: int) -> str:
    """How much cheaper staying in-house gets: "3% a year"; or "1.25% a year dearer"."""
    said = f"{Decimal(abs(rate)) / (WHOLE // 100):f}"
    words = _("%(rate)s%% a year dearer") if rate < 0 else _("%(rate)s%% a year")
    return words % {"rate": said}


def _books_words(kept: Books, cleaned: reading.Cleaned) -> Words:
    inflation = Fraction(cleaned.get("F2_inflation") or 0) / 100
    plans = [kept, with_less_income(kept), without_indexation(kept, inflation)]
    found = [survival(plan) for plan in plans]
    names = [_("As planned"), _("10% less income"), _("No price rises")]
    years = [_("Year %(n)d") % {"n": n} for n in range(1, YEARS + 1)]
    return {
        "survival": found[0],
        "own_meanings": meanings.of_books(kept, found[0]),
        "shock_names": names,
        "shocks": [
            (measure, [(name, *cell) for name, cell in zip(names, cells, strict=True)])
            for measure, cells in _shocks(found)
        ],
        "surpluses": list(zip(years, *(each.surplus for each in found), strict=True)),
        "cash": list(zip(years, *(plan.closing for plan in plans), strict=True)),
    }


def _shocks(found: list[Survival]) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Each measure under the plan and the two shocks: in words, and whether it is a bad sign."""
    at = TOLD - 1
    return [
        (
            _("Surplus or deficit, year %(n)d") % {"n": TOLD},
            [(pounds(_to_the_pound(each.surplus[at])), each.surplus[at] < 0) for each in found],
        ),
        (
            _("Lowest month-end cash, year 1"),
            [(pounds(_to_the_pound(each.lowest)), each.lowest < 0) for each in found],
        ),
        (
            _("Lowest cash in five years"),
            [(pounds(_to_the_pound(each.low_point)), each.low_point < 0) for each in found],
        ),
        (
            _("Days of reserves, year %(n)d") % {"n": TOLD},
            [
                (meanings.in_days(each.days[at]), (each.days[at] or 0) < LEAST_DAYS)
                for each in found
            ],
        ),
        (
            _("Share of income from this contract, year %(n)d") % {"n": TOLD},
            [(_part(each), False) for each in found],
        ),
    ]


def _part(found: Survival) -> str:
    part = found.dependence[DEPENDENCE_YEAR - 1]
    return "" if part is None else meanings.percent(part)


def _percent(share: Decimal | None) -> str | None:
    """A part of one as a percentage with two decimals and a true minus."""
    return None if share is None else f"{share * 100:.2f}".replace("-", "\N{MINUS SIGN}")


def _up_to_the_pound(pence: int) -> int:
    return -(-pence // 100) * 100


def _to_the_pound(pence: int) -> int:
    return round(pence / 100) * 100
