"""Where django-allauth's second step meets the portal: our words, and a limit on guessing."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import forms
from activity import limits
from activity.account_adapter import A_WHILE

GUESSES = 10


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
