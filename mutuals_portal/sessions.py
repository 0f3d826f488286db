"""A session lasts while somebody works, and what they typed after its end is not lost."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activity import clock
from activity.scripts import by_script
from activity.typed import typed_in

USED_AT = "used_at"
# A session's end is put off by a write, which not every page must pay for.
PUT_OFF_AFTER = 300
BY_ITSELF = {"activity:here", "advice:board_now"}
# How a script reads how long the session lasts.
SECONDS = "Session-Seconds"

Next = Callable[[HttpRequest], HttpResponse]


def sessions(get_response: Next) -> Next:
    """Put off the end of a session that is used, and show a form that came after its end."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        _put_off_end(request)
        if by_script(request):
            return _tell_script(request, response)
        return _keep_what_was_typed(request, response)

    return answer


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: put the session's end off, and say for how many seconds.

    403 when it has ended already.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    request.session.modified = True
    return HttpResponse(str(settings.SESSION_COOKIE_AGE), content_type="text/plain")


def seconds_left(request: HttpRequest) -> int:
    """How long this session lasts after this page if nothing else is done."""
    used_at = request.session.get(USED_AT)
    gone = 0 if used_at is None else int(clock.now().timestamp()) - used_at
    return settings.SESSION_COOKIE_AGE - (0 if _is_put_off(request, gone) else gone)


def _put_off_end(request: HttpRequest) -> None:
    session = request.session
    if _is_by_itself(request) or not session.accessed or session.is_empty():
        return
    now = int(clock.now().timestamp())
    used_at = session.get(USED_AT)
    if session.modified or (used_at is not None and _is_put_off(request, now - used_at)):
        session[USED_AT] = now


def _is_by_itself(request: HttpRequest) -> bool:
    """Whether a page asked with nobody at work: that it is open keeps nobody signed in."""
    found = request.resolver_match
    return found is not None and found.view_name in BY_ITSELF


def _is_put_off(request: HttpRequest, gone: int) -> bool:
    return request.session.modified or gone > PUT_OFF_AFTER


def _tell_script(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A script is told how long the session lasts now, or that it has ended: it shows no page."""
    if _is_sent_to_sign_in(response):
        said = _(
            "Not saved: you were signed out. What you typed is still here. Sign in again in "
            "another window, come back and go on typing."
        )
        return JsonResponse({"said": said}, status=403)
    if request.user.is_authenticated and not _is_by_itself(request):
        response.headers[SECONDS] = str(seconds_left(request))
    return response


def _keep_what_was_typed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Instead of the way to the sign-in page: what was typed, to copy, and that way as a link."""
    is_lost = request.method == "POST" and _is_sent_to_sign_in(response)
    typed = typed_in(request) if is_lost else []
    if not typed:
        return response
    sign_in = response.headers["Location"]
    page = {"title": _("You were signed out"), "typed": typed, "sign_in": sign_in}
    return render(request, "signed_out.html", page, status=403)


def _is_sent_to_sign_in(response: HttpResponse) -> bool:
    address = response.headers.get("Location", "")
    return address.startswith(f"{resolve_url(settings.LOGIN_URL)}?next=")
