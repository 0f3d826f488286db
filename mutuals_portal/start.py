"""The page after signing in: what waits for me, and what I can begin."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The first things of each of my roles."""
    return render(request, "start.html", {"title": _("What waits for you")})
