"""The page that everybody lands on: what waits for me, what is late, what I can begin."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activity import clock, waiting


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Late, waiting, and what I can begin."""
    desk = waiting.desk_of(request.user)  # type: ignore[arg-type]  # signed in
    return render(request, "start.html", {"desk": desk, "today": clock.today()})
