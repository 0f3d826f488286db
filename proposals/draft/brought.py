"""Answers that somebody brings along into a new proposal: in their browser alone until they say so.

The cookie is signed, ends with the browser, and goes to the page that starts a proposal and no
other. Nothing of it is kept with us before that page's button is pressed.
"""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from proposals.draft.questions import Answers, Topic, topic
from proposals.draft.shown import Row, rows_typed

COOKIE = "brought"
SALT = "proposals.brought"
# These stand in the form itself.
ASKED_ANEW = ("S1", "S2", "S2_name")


def bring(response: HttpResponse, answers: Answers) -> None:
    """Give the browser answers to carry: what was typed, by the ids of the questions."""
    response.set_signed_cookie(
        COOKIE,
        json.dumps(answers, separators=(",", ":")),
        salt=SALT,
        path=reverse("proposals:new"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def brought(request: HttpRequest) -> Answers:
    """What this browser carries; {} when it carries nothing of ours."""
    sealed = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    carried = json.loads(sealed or "{}")
    asked = {name for page in service().pages for name in page.form.base_fields}
    return {name: typed for name, typed in carried.items() if name in asked and typed}


def rows(carried: Answers) -> list[Row]:
    """What somebody brings, in words: all but what the form that starts a proposal asks itself."""
    others = {name: said for name, said in carried.items() if name not in ASKED_ANEW}
    return [row for row in rows_typed(service(), others) if row["value"]]


def forget(response: HttpResponse) -> None:
    """Take the answers out of the browser."""
    response.delete_cookie(COOKIE, path=reverse("proposals:new"), samesite="Lax")


def service() -> Topic:
    """The topic that all of them belong to."""
    found = topic("service")
    assert found is not None  # noqa: S101  # registered when the app is ready  # nosec
    return found
