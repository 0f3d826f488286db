"""Logging of requests: each but those of voters, whose pages stand in no log."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

from proposals.ballot.untraced import is_untraced

Next = Callable[[HttpRequest], HttpResponse]


class LoggedRequests(RequestMiddleware):
    """django-structlog's own, which passes voters' pages by."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_untraced(request):
            return self.get_response(request)  # type: ignore[return-value]  # nothing here is async
        return super().__call__(request)  # type: ignore[return-value]

    def process_got_request_exception(
        self, sender: type, request: HttpRequest, **kw: object
    ) -> None:
        if not is_untraced(request):
            super().process_got_request_exception(sender, request, **kw)
