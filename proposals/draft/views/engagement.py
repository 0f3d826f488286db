"""The talks that a team has had, in order; they are written down in its answers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from proposals.draft.engagement import TALKS, UNIONS, log_of, page_of
from proposals.draft.topics.staff import STAFF
from proposals.draft.views.finding import of_my_team
from proposals.draft.views.reading import may_write_on


@login_required
@require_safe
def engagement(request: HttpRequest, reference: str) -> HttpResponse:
    """Every talk with staff and with unions, newest first, and where the next is written down."""
    found = of_my_team(request, reference)
    section = found.sections.filter(key=STAFF.key).first()
    shown = {
        "proposal": found,
        "talks": log_of(section.answers if section else {}),
        "add": {
            key: page_of(key).address(found.reference, STAFF.key)
            for key in (TALKS, UNIONS)
            if may_write_on(request, found, STAFF, page_of(key))
        },
    }
    return render(request, "proposals/engagement.html", shown)
