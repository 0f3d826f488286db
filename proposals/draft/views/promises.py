"""What the team promises, while it writes and after."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activity.rows import is_blank
from proposals.draft.models import Proposal, Section
from proposals.draft.promises import Commitment, Kind, promised
from proposals.draft.questions import Answers, topic
from proposals.draft.views.finding import of_my_team


@login_required
@require_safe
def promises(request: HttpRequest, reference: str) -> HttpResponse:
    """What follows from the answers as they stand, what is still missing, and what becomes of it."""
    found = of_my_team(request, reference)
    typed = dict(Section.objects.filter(proposal=found).values_list("key", "answers"))
    commitments = promised(typed)
    shown = {"proposal": found, "promised": commitments}
    return render(request, "proposals/promises.html", shown | _missing(found, typed, commitments))


def _missing(
    found: Proposal, typed: dict[str, Answers], commitments: list[Commitment]
) -> dict[str, Any]:
    """The pages on which a promise is begun or not even that, and how many indicators are only begun."""
    rows = [row for row in typed.get("quality", {}).get("Q1") or [] if not is_blank(row)]
    whole = sum(each.kind == Kind.INDICATOR for each in commitments)
    without = {each.kind for each in commitments}
    return {
        "unfinished": len(rows) - whole,
        "lacks_money": Kind.MONEY not in without,
        "lacks_indicators": Kind.INDICATOR not in without,
        "indicators_at": _address(found, "quality"),
        "money_at": _address(found, "money"),
    }


def _address(found: Proposal, key: str) -> str:
    about = topic(key)
    return about.pages[0].address(found.reference, key) if about else ""
