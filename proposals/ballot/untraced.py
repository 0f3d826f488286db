"""Pages of voters, which leave no trace of who opened them: no session, no log, no Referer."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

PLACE = "/vote"

Next = Callable[[HttpRequest], HttpResponse]


def untraced(get_response: Next) -> Next:
    """Middleware that lets nobody be known on a voter's page, and leaves sessions as they are.

    It stands before the one that reads sessions: a voter who is signed in is not, on these pages,
    and stays so on all others. What stays in the browser's cookies is the token against forged
    forms, which says nothing of anybody.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not is_untraced(request):
            return get_response(request)
        token = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
        request.COOKIES = {settings.CSRF_COOKIE_NAME: token} if token else {}
        # A line of the log that is written meanwhile must not bear what another request left.
        structlog.contextvars.clear_contextvars()
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        # The name of this portal and no more. Under "no-referrer" browsers post "Origin: null",
        # which the check against forged requests must refuse; and "same-origin" would send the
        # code along when the page's own style sheet is fetched.
        response["Referrer-Policy"] = "strict-origin"
        return response

    return answer


def is_untraced(request: HttpRequest) -> bool:
    """Whether this is a page of voters."""
    return request.path_info == PLACE or request.path_info.startswith(f"{PLACE}/")
