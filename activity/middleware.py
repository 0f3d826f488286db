"""The one place where "somebody was faster" becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse

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
            words: dict[str, object] = {
                "moved_at": event.at if event else None,
                "record_page": record_page(request),
            }
            words["typed"] = typed_in(request)
            return render(request, "activity/moved_on.html", words, status=409)
        if isinstance(error, OperationalError) and _is_lock_wait(error):
            typed = {"typed": typed_in(request)}
            return render(request, "activity/busy.html", typed, status=503)
        return None


def record_page(request: HttpRequest) -> str:
    """The record's page for whoever took the step: the nearest one above the step's address.

    Officials and teams have pages of their own for one record, each above their own steps. Where
    there is none, the page on which the reader lands.
    """
    here = request.resolver_match
    path = urljoin(request.path, "..")
    while here is not None and path != "/":
        above = _resolved(path)
        if above is not None and above.kwargs and above.kwargs.items() <= here.kwargs.items():
            return path
        path = urljoin(path, "..")
    return reverse("start" if isinstance(request.user, User) else "home")


def _resolved(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _reader(request: HttpRequest) -> Actor | None:
    """Who reads the page: somebody signed in, or the holder of the link it belongs to."""
    return request.user if isinstance(request.user, User) else getattr(request, "holder", None)


def _is_lock_wait(error: OperationalError) -> bool:
    return getattr(error.__cause__, "pgcode", None) == LOCK_NOT_AVAILABLE
