"""The one place where "somebody was faster" becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from activity.actors import Actor
from activity.typed import typed_in
from activity.workflow import MovedOn

LOCK_NOT_AVAILABLE = "55P03"


class MovedOnMiddleware:
    """Answers MovedOn, and a lock that did not come in time, with a page that loses nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for the two errors that are nobody's fault; None leaves the rest to Django."""
        if isinstance(error, MovedOn):
            event = error.last_event(_reader(request))
            words = {"moved_at": event.at if event else None}
            return render(request, "activity/moved_on.html", _page(request) | words, status=409)
        if isinstance(error, OperationalError) and _is_lock_wait(error):
            return render(request, "activity/busy.html", _page(request), status=503)
        return None


def _page(request: HttpRequest) -> dict[str, object]:
    """What was typed, to copy, and the record's own page: one level above the step's address."""
    return {"typed": typed_in(request), "record_page": urljoin(request.path, "..")}


def _reader(request: HttpRequest) -> Actor | None:
    """Who reads the page: somebody signed in, or the holder of the link it belongs to."""
    return request.user if isinstance(request.user, User) else getattr(request, "holder", None)


def _is_lock_wait(error: OperationalError) -> bool:
    return getattr(error.__cause__, "pgcode", None) == LOCK_NOT_AVAILABLE
