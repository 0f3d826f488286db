"""The figures of five years, and what they come to."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activity import clock
from proposals.draft.completeness import progress_of
from proposals.draft.models import Change, Proposal, SchemeVersion, Section
from proposals.draft.questions import Answers, Page
from proposals.draft.views.finding import VERB, of_my_team
from proposals.draft.views.writing import edit
from proposals.money.asking import MoneyForm
from proposals.money.forms import MONEY
from proposals.money.results import result_words
from proposals.money.savings import YEARS

FIGURES = "figures"
# After these pages one wants to see what they come to.
SHOWN_AFTER = (FIGURES, "finance")


@login_required
@VERB
def money(request: HttpRequest, reference: str, page: str = FIGURES) -> HttpResponse:
    """One page of the figures: all years, or one at a time. Saves anything, and goes on."""
    found, asked = of_my_team(request, reference), _page(page)
    year = request.GET.get("year", "")
    then, button = _then(found, asked, year)
    return edit(
        request,
        found,
        MONEY,
        asked,
        then=then,
        template="proposals/money.html",
        button=button,
        last_change=partial(_last_change, found, asked),
    )


def _last_change(found: Proposal, asked: Page) -> Change | None:
    """What was changed last on a page, by whom and when."""
    changes = Change.objects.to_show().filter(proposal=found, section=MONEY.key, page=asked.key)
    return changes.select_related("by").order_by("-at", "-pk").first()


def _page(key: str) -> Page:
    """The page of that key. Raises Http404."""
    asked = MONEY.page(key)
    if asked is None:
        raise Http404
    return asked


def _then(found: Proposal, asked: Page, year: str) -> tuple[str, str]:
    """Where a page leads once it is saved, and what its button says."""
    result_address = reverse("proposals:money_result", args=[found.reference])
    if year in map(str, range(1, YEARS)):
        following_year = {"year": int(year) + 1}
        here = asked.address(found.reference, MONEY.key)
        words = _("Save and go on to year %(year)d") % following_year
        return f"{here}?year={int(year) + 1}", words
    following = MONEY.after(asked)
    if following is None or asked.key in SHOWN_AFTER:
        return result_address, _("Save and see the result")
    return following.address(found.reference, MONEY.key), _("Save and continue")


@login_required
@require_POST
def totals(request: HttpRequest, reference: str, page: str) -> JsonResponse:
    """What the figures on a page come to as they are typed: the text of each place, by its id.

    Nothing is written. Source: the same forms that draw and save the page.
    """
    found, asked = of_my_team(request, reference), _page(page)
    form = asked.form(request.POST)
    form.fit(_answers(found))
    return JsonResponse(form.outputs() if isinstance(form, MoneyForm) else {})


@login_required
@require_safe
def result(request: HttpRequest, reference: str) -> HttpResponse:
    """What the figures come to: the verdict first."""
    found = of_my_team(request, reference)
    answers = _answers(found)
    scheme = SchemeVersion.objects.in_force(clock.today())
    shown = {"proposal": found, **result_words(answers, scheme)}
    return render(request, "proposals/money_result.html", shown | {"next": _next(found, answers)})


def _next(found: Proposal, answers: Answers) -> dict[str, Any]:
    """The first page of the money on which something is missing: its title and address."""
    for page in progress_of(MONEY, answers).open_pages:
        return {"title": page.title, "address": page.address(found.reference, MONEY.key)}
    return {}


def _answers(found: Proposal) -> Answers:
    section = Section.objects.filter(proposal=found, key=MONEY.key).first()
    return section.answers if section else {}
