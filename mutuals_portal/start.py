"""The page that everybody lands on: what waits for me, what is late, what I can begin."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import clock, waiting
from mutuals_portal import guides


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Late, waiting, and what I can begin."""
    user = signed_in(request)
    page = {
        "desk": waiting.desk_of(user),
        "guides": guides.own(user),
        "today": clock.today(),
    }
    return render(request, "start.html", page)
