"""The page itself."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Role
from activity.actors import holds
from mutuals_portal.patterns import asking, drawing, listing, telling, words
from mutuals_portal.patterns.pattern import Group, Pattern

GROUPS = (words.group, asking.group, telling.group, listing.group, drawing.group)


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Every component in every state: for administrators, and for whoever works on the portal."""
    if not (settings.EMBEDDED or may_read(request)):
        raise Http404
    groups = [_shown(make(), request) for make in GROUPS]
    page = {"title": _("Patterns"), "groups": groups, "back": "/"}
    return render(request, "patterns/patterns.html", page)


def may_read(request: HttpRequest) -> bool:
    """Whether an administrator asks."""
    return request.user.is_authenticated and holds(request.user, Role.ADMINISTRATOR)


def _shown(group: Group, request: HttpRequest) -> dict[str, Any]:
    return {"group": group, "patterns": [_drawn(one, request) for one in group.patterns]}


def _drawn(pattern: Pattern, request: HttpRequest) -> dict[str, Any]:
    """A pattern with its states drawn; a line that the state before had too is not said again."""
    states, before = [], ""
    for each in pattern.states:
        line = "" if each.line == before else each.line
        states.append({"label": each.label, "html": each.draw(request), "line": line})
        before = each.line
    return {"pattern": pattern, "states": states}
