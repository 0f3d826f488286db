"""Where django-allauth meets the portal: its mail goes through the outbox, its doors are limited."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import limits, outbox
from activity.kinds import Kind, anybody
from activity.models import Notification
from activity.subjects import Facts, Subject

A_WHILE = datetime.timedelta(minutes=15)
AN_HOUR = datetime.timedelta(hours=1)
FAILURES_OF_AN_ADDRESS = 10
FAILURES_OF_A_NETWORK = 100
MAILS_TO_AN_ADDRESS = 6

# allauth's name of a mail -> the kind of message it is here.
KINDS = {
    "account/email/email_confirmation_signup": "account.confirm",
    "account/email/email_confirmation": "account.confirm",
    "account/email/password_reset_key": "account.reset",
    "account/email/unknown_account": "account.unknown",
    "account/email/account_already_exists": "account.exists",
    "account/email/password_changed": "account.password_changed",
    "account/email/password_set": "account.password_changed",
    "account/email/password_reset": "account.password_changed",
    "account/email/email_changed": "account.email_changed",
    "account/email/email_confirm": "account.email_changed",
    "account/email/email_deleted": "account.email_changed",
    "mfa/email/totp_activated": "account.second_step",
    "mfa/email/totp_deactivated": "account.second_step",
    "mfa/email/recovery_codes_generated": "account.second_step",
}
ACCOUNT = _("Your account")
SAFE = _("By mail alone: it is not in your inbox, where somebody else could hide it.")
MESSAGES = (
    *(Kind(f"account.{name}") for name in ("confirm", "exists", "reset", "unknown")),
    Kind("link.code"),
    Kind("account.password_changed", _("Your password was changed"), ACCOUNT, (anybody,), why=SAFE),
    Kind(
        "account.email_changed",
        _("The addresses of your account were changed"),
        ACCOUNT,
        (anybody,),
        why=SAFE,
    ),
    Kind(
        "account.second_step",
        _("The second step of signing in was changed"),
        ACCOUNT,
        (anybody,),
        why=SAFE,
    ),
)
PAGES = {
    "account.unknown": "account_signup",
    "account.exists": "account_reset_password",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """django-allauth, with our outbox for its mail and PostgreSQL for its limits."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the advice line if it should not be"),
        "duplicate_email": _("This is the address that your account has already"),
        "email_password_mismatch": _("The e-mail address or the password is not right"),
        "enter_current_password": _("That is not the password you use now"),
        "incorrect_code": _("That code is not right or has ended. Enter the newest one"),
        "incorrect_password": _("That password is not right"),
        "too_many_login_attempts": _("Too many tries. Wait 15 minutes, or reset your password"),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a notification instead of sending: its link is made when it is delivered."""
        if limits.knock("account-mail", email, within=AN_HOUR) > MAILS_TO_AN_ADDRESS:
            return
        kind = KINDS[template_prefix]
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        if kind == "account.confirm":
            outbox.tell(kind, EmailAddress.objects.get(email__iexact=email, user=user), [email])
        elif user is not None:
            outbox.tell(kind, user, [email])
        else:
            outbox.tell_address(kind, email)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse more tries after too many failures for one address or from one network."""
        of_address = limits.knocks("sign-in", _address(credentials), within=A_WHILE)
        of_network = limits.knocks("sign-in-from", limits.network_of(request), within=A_WHILE)
        if of_address >= FAILURES_OF_AN_ADDRESS or of_network >= FAILURES_OF_A_NETWORK:
            raise ValidationError(self.error_messages["too_many_login_attempts"])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account, where the message that it is changed is read."""
        return reverse("accounts:me")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Successes are not counted here, so there is nothing to take back."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a failure for its address and for its network."""
        limits.knock("sign-in", _address(credentials), within=A_WHILE)
        limits.knock("sign-in-from", limits.network_of(request), within=A_WHILE)


def _address(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "")


def _page(notification: Notification, record: Any) -> str:
    return reverse(PAGES.get(notification.kind, "accounts:me"))


def _confirm_link(notification: Notification, record: EmailAddress) -> Facts:
    return {"path": reverse("account_confirm_email", args=[EmailConfirmationHMAC(record).key])}


def _reset_link(notification: Notification, record: User) -> Facts:
    if notification.kind != "account.reset":
        return {}
    uid, key = user_pk_to_url_str(record), default_token_generator.make_token(record)
    return {"path": reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})}


SUBJECTS = (
    Subject(model=None, address=_page),
    Subject(model=User, address=_page, prepare=_reset_link),
    Subject(model=EmailAddress, address=_page, prepare=_confirm_link),
)
