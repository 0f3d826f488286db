"""Where django-allauth's second step meets the portal: our words, its limits, who must use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import forms
from accounts.models import Role, User
from activity import limits
from activity.account_adapter import A_WHILE
from activity.actors import roles_of
from activity.typed import typed_in

GUESSES = 10
# Mentors are guests: what they read, the pathfinder has shown to them.
WITHOUT = frozenset({Role.MENTOR})

Next = Callable[[HttpRequest], HttpResponse]


def officials_use_it(get_response: Next) -> Next:
    """Open nothing but their account to officials until a code guards it.

    They read what other people keep secret, so a password that somebody learnt is not enough.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/accounts/") or not _is_unguarded(request):
            return get_response(request)
        page = {"title": gettext("Set up a second step first"), "typed": typed_in(request)}
        return render(request, "activity/second_step_first.html", page, status=403)

    return answer


def _is_unguarded(request: HttpRequest) -> bool:
    user = request.user
    if not settings.SECOND_STEP_FOR_OFFICIALS or not isinstance(user, User):
        return False
    is_official = user.is_staff or bool(roles_of(user) - WITHOUT)
    return is_official and not is_mfa_enabled(user)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's, with sentences that say what to do."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right or has ended. Enter the newest one"),
        "unverified_email": _("Confirm your e-mail address first, then set up the second step"),
        "add_email_blocked": _("Turn the second step off first, then change the address"),
    }


class Limited:
    """A form that asks for a code and stops somebody who guesses.

    Six digits are soon tried out by a machine: after ten wrong ones, only waiting helps.
    """

    user: Any

    def clean_code(self) -> str:
        """The code, if it is right and there were not too many wrong ones lately."""
        who = str(self.user.pk)
        if limits.knocks("second-step", who, within=A_WHILE) >= GUESSES:
            raise ValidationError(_("Too many tries. Wait 15 minutes, then enter the newest code"))
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # the form that is mixed in
        except ValidationError:
            limits.knock("second-step", who, within=A_WHILE)
            raise
        return code


class SecondStepForm(Limited, forms.SecondStepForm):
    """After the password."""


class SecondStepAgainForm(Limited, forms.SecondStepAgainForm):
    """Before something that matters."""
