"""Pages for what goes wrong, in the words of people."""

import logging
import secrets

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from activity.typed import typed_in

logger = logging.getLogger(__name__)

# Letters and digits that nobody mishears on the telephone.
SPOKEN = "23456789ACDEFHJKMNPRTVWXY"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "400.html", {"title": _("We could not read that request")}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403. The reason is shown when the code that refused gave one in words for people.

    Without one it is the role. What was typed is shown too, to copy, here and on a 404: a page may
    close while it is used.
    """
    said = exception.args[0] if isinstance(exception, PermissionDenied) and exception.args else ""
    title = _("You cannot do this") if said else _("Your role cannot do this")
    context = {"title": title, "reason": said, "typed": typed_in(request)}
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, also for a record that is somebody else's: both read the same."""
    context = {"title": _("We cannot find that page"), "typed": typed_in(request)}
    return render(request, "404.html", context, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from a page of ours, or came from one too old.

    What was typed is shown, to copy: nothing is ever lost.
    """
    logger.warning("Refused a form without a valid token: %s", reason)
    context = {"title": _("That page was open for too long"), "typed": typed_in(request)}
    return render(request, "csrf.html", context, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500, with what was typed. Asks nothing of the database; its code is in the log too."""
    code = "".join(secrets.choice(SPOKEN) for _ in range(5))
    logger.error("Showed the page for a fault of ours with code %s", code)
    words = (
        "Something broke on our side. What you saved is safe; what was on this page may not be. "
        f"Quote {code} if you ring."
    )
    try:
        page = {"title": _("Something broke on our side"), "code": code, "typed": _typed(request)}
        return HttpResponseServerError(render_to_string("500.html", page))
    except Exception:
        logger.exception("The page for faults is itself broken")
        return HttpResponseServerError(words, content_type="text/plain; charset=utf-8")


def _typed(request: HttpRequest) -> list[str]:
    """What was typed, or nothing where reading it is what broke."""
    try:
        return typed_in(request)
    except Exception:
        logger.exception("What was typed cannot be read")
        return []
