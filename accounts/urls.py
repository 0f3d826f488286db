"""Addresses of accounts: ours, and django-allauth's views under their own names and our paths."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from django.urls import include, path, re_path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts import views


def page(view: type[View], title: Any, button: Any = "", back: str = "") -> Any:
    """One of allauth's views, with the title and the button's word that our templates show.

    back: the name of the page that its back link leads to; "" for none.
    """
    words = {"title": title, "button": button, "back": reverse_lazy(back) if back else ""}
    return view.as_view(extra_context=words)


doors = [
    path(
        "sign-up/",
        page(account.SignupView, _("Create an account"), _("Create account")),
        name="account_signup",
    ),
    path(
        "confirm/",
        page(account.EmailVerificationSentView, _("Open the link in our e-mail")),
        name="account_email_verification_sent",
    ),
    path(
        "confirm/<str:key>/",
        page(account.ConfirmEmailView, _("Confirm your e-mail address"), _("Confirm this address")),
        name="account_confirm_email",
    ),
    path(
        "sign-in/",
        page(account.LoginView, _("Sign in"), _("Sign in")),
        name="account_login",
    ),
    path(
        "second-step/",
        page(second_step.AuthenticateView, _("Enter a code from your app"), _("Sign in")),
        name="mfa_authenticate",
    ),
    path(
        "sign-out/",
        page(account.LogoutView, _("Sign out"), _("Sign out")),
        name="account_logout",
    ),
    path(
        "closed/",
        page(account.AccountInactiveView, _("This account is closed")),
        name="account_inactive",
    ),
    path(
        "forgot/",
        page(account.PasswordResetView, _("Reset your password"), _("Send me a link")),
        name="account_reset_password",
    ),
    path(
        "forgot/sent/",
        page(account.PasswordResetDoneView, _("Look at your e-mail")),
        name="account_reset_password_done",
    ),
    path(
        "reset/done/",
        page(account.PasswordResetFromKeyDoneView, _("Your password is changed")),
        name="account_reset_password_from_key_done",
    ),
    # The key has hyphens of its own: the first one ends the person's id.
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        page(account.PasswordResetFromKeyView, _("Choose a new password"), _("Save new password")),
        name="account_reset_password_from_key",
    ),
]

settings = [
    path(
        "email/",
        page(
            account.EmailView,
            _("Change your e-mail address"),
            _("Send a link to the new address"),
            "accounts:me",
        ),
        name="account_email",
    ),
    path(
        "password/",
        page(
            account.PasswordChangeView,
            _("Change your password"),
            _("Change password"),
            "accounts:me",
        ),
        name="account_change_password",
    ),
    path(
        "password/first/",
        page(account.PasswordSetView, _("Choose a password"), _("Save password"), "accounts:me"),
        name="account_set_password",
    ),
    path(
        "confirm-password/",
        page(account.ReauthenticateView, _("Enter your password again"), _("Continue")),
        name="account_reauthenticate",
    ),
    path(
        "second-step/",
        page(second_step.IndexView, _("Second step when you sign in"), back="accounts:me"),
        name="mfa_index",
    ),
    path(
        "confirm-code/",
        page(second_step.ReauthenticateView, _("Enter a code from your app"), _("Continue")),
        name="mfa_reauthenticate",
    ),
    path(
        "second-step/app/",
        page(
            app.ActivateTOTPView,
            _("Set up an app for codes"),
            _("Turn the second step on"),
            "mfa_index",
        ),
        name="mfa_activate_totp",
    ),
    path(
        "second-step/app/remove/",
        page(
            app.DeactivateTOTPView,
            _("Turn the second step off"),
            _("Turn the second step off"),
            "mfa_index",
        ),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-step/codes/",
        page(codes.ViewRecoveryCodesView, _("Spare codes"), back="mfa_index"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-step/codes/new/",
        page(
            codes.GenerateRecoveryCodesView,
            _("Make new spare codes"),
            _("Make new codes"),
            "mfa_index",
        ),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-step/codes/download/",
        codes.DownloadRecoveryCodesView.as_view(),
        name="mfa_download_recovery_codes",
    ),
]

# In the namespace of accounts, which mutuals_portal/urls.py gives them with those that keep the
# register of bodies: these need the clock and the events, which accounts does not know.
ours = [
    path("accounts/me/", views.me, name="me"),
    path("accounts/me/name/", views.name, name="name"),
]

urlpatterns = [
    path("accounts/", include(doors)),
    path("accounts/me/", include(settings)),
]
