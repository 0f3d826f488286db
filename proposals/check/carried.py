"""The answers of the check, in the visitor's browser alone: a signed cookie that ends with it."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from proposals.check import scope
from proposals.draft.questions import Answers as Typed

COOKIE = "check"
SALT = "proposals.check"


def read(request: HttpRequest) -> dict[str, str]:
    """What was answered so far; {} where there is nothing of ours."""
    sealed = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    answers: dict[str, str] = json.loads(sealed or "{}")
    return answers


def keep(response: HttpResponse, answers: scope.Answers) -> None:
    """Have the browser keep the answers."""
    response.set_signed_cookie(
        COOKIE,
        json.dumps(dict(answers), separators=(",", ":")),
        salt=SALT,
        path=reverse("proposals:check"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Take the answers out of the browser."""
    response.delete_cookie(COOKIE, path=reverse("proposals:check"), samesite="Lax")


def for_a_draft(answers: scope.Answers) -> Typed:
    """The answers that a draft asks for too, by the ids of its questions."""
    found = {
        "S2": answers.get("employer", ""),
        "S2_name": answers.get("employer_name", ""),
        "S3": answers.get("service", ""),
        "S10": answers.get("limits", ""),
    }
    return {name: answer for name, answer in found.items() if answer}
