"""How the dates of a case came about: every start, pause and holiday that made them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activity.clock import today
from proposals.draft import clocks
from proposals.draft.clocks import STANDS_STILL
from proposals.draft.models import Proposal, SchemeVersion
from proposals.employer.clocks import (
    CALENDAR_NAMES,
    calendar_of,
    day_of,
    explained,
    ladder_explained,
)
from proposals.employer.silence import is_awaited
from proposals.review.finding import case_page
from proposals.review.views import case_words, clock_words


@case_page
@require_safe
def clock(request: HttpRequest, case: Proposal) -> HttpResponse:
    """The promise to decide, and the day of the employer's answer, with all that made each."""
    version = case.versions.select_related("scheme").latest()
    if case.scheme_id == version.scheme_id:
        case.scheme = version.scheme
    shown = {
        "today": today(),
        **_promise(case, version.scheme),
        **_employers(case, version.scheme),
    }
    head = case_words(request, case, "clock", version.number)
    return render(request, "proposals/case_clock.html", head | shown)


def _promise(case: Proposal, scheme: SchemeVersion) -> dict[str, Any]:
    """The day of the promise; its clock runs, stands still or is over.

    worked_out_anew: the calendar is another than when the promise was made, which stays.
    """
    found = clock_words(case, scheme) or {"due": clocks.explained(case, scheme)}
    stands_still = case.status in STANDS_STILL
    is_over = case.promised_on is None and not stands_still
    is_as_promised = stands_still or is_over or found["due"].due_on == case.promised_on
    return found | {
        "stands_still": stands_still,
        "is_over": is_over,
        "worked_out_anew": not is_as_promised,
    }


def _employers(case: Proposal, scheme: SchemeVersion) -> dict[str, Any]:
    """The day of the employer's answer, and who hears on which day that none came; or nothing."""
    asked = list(case.employer_invitations.order_by("-pk"))
    if not asked or case.employer_due_on is None:
        return {}
    calendar = calendar_of(case)
    return {
        "asked": explained(case, asked),
        "nation": CALENDAR_NAMES[calendar.nation],
        "ladder": ladder_explained(day_of(case), scheme, calendar) if is_awaited(case) else (),
    }
