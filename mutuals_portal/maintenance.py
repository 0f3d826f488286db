"""The page that stands in for all others while the portal is being worked on."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from activity.typed import typed_in

# Seconds after which a machine may ask again.
LATER = 600

Next = Callable[[HttpRequest], HttpResponse]


def closed_meanwhile(get_response: Next) -> Next:
    """Answer everything with one page while PORTAL_MAINTENANCE says until when.

    It asks neither the database nor the session: they may be what is worked on.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not settings.MAINTENANCE:
            return get_response(request)
        words = {
            "title": _("The portal is closed for work on it"),
            "until": settings.MAINTENANCE,
            "typed": typed_in(request),
        }
        page = render_to_string("maintenance.html", words)
        return HttpResponse(page, status=503, headers={"Retry-After": str(LATER)})

    return answer
