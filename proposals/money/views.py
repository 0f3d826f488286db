"""The five-year figures, and what they come to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activity import clock
from proposals.draft.models import SchemeVersion, Section
from proposals.draft.questions import Answers
from proposals.draft.views.finding import VERB, of_my_team
from proposals.draft.views.writing import edit
from proposals.money.forms import MONEY, figures, financial_year, read
from proposals.money.savings import YEARS, Figures, Saving, remedies, savings


@login_required
@VERB
def money(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter the figures, save anything, see the result."""
    found = of_my_team(request, reference)
    return edit(
        request,
        found,
        MONEY,
        MONEY.pages[0],
        then=reverse("proposals:money_result", args=[reference]),
        template="proposals/money.html",
        years=range(1, YEARS + 1),
    )


@login_required
@require_safe
def result(request: HttpRequest, reference: str) -> HttpResponse:
    """What the figures come to: the verdict first."""
    found = of_my_team(request, reference)
    section = Section.objects.filter(proposal=found, key=MONEY.key).first()
    scheme = SchemeVersion.objects.in_force(clock.today())
    words = result_words(section.answers if section else {}, scheme)
    return render(request, "proposals/money_result.html", {"proposal": found} | words)


def result_words(answers: Answers, scheme: SchemeVersion) -> dict[str, Any]:
    """The result of a section's answers under a scheme, for a page; {} while figures are missing."""
    cleaned = read(answers)
    entered = figures(cleaned)
    if entered is None:
        return {}
    found = savings(entered, scheme.discount_rate)
    ways_out = remedies(found)
    lines = zip(
        range(1, YEARS + 1),
        _year_names(cleaned.get("F1")),
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
        "rate": (scheme.discount_rate * 100).normalize(),
        "lines": list(lines),
        "in_house_total": sum(entered.in_house),
        "price_total": sum(entered.price),
        "management_total": sum(entered.management),
        "gross_total": sum(found.gross),
        "chart": _chart(entered, found),
    }


def _chart(entered: Figures, found: Saving) -> dict[str, Any]:
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


def _percent(share: Decimal | None) -> str | None:
    """A part of one as a percentage with two decimals and a true minus."""
    return None if share is None else f"{share * 100:.2f}".replace("-", "\N{MINUS SIGN}")


def _up_to_the_pound(pence: int) -> int:
    return -(-pence // 100) * 100


def _year_names(base: str | None) -> list[str]:
    """The financial years 1 to 5 in words; "" where the base year is not known."""
    if not base:
        return [""] * YEARS
    return [financial_year(int(base) + year) for year in range(1, YEARS + 1)]
