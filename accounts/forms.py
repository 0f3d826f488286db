"""The forms of people's accounts: django-allauth's, with our words.

Each label is a plain question or name, each refusal says what to do, and every field tells the
browser what it is for, so that a password manager can fill it in.
"""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.addresses import employers_reading, looks_like_work

NAME = forms.TextInput(
    attrs={"autocomplete": "name", "spellcheck": "false", "class": "govuk-input--width-30"}
)
PASSWORD_HINT = _(
    "At least 10 characters. Three words that only you would put together are easy to remember."
)


class NameField(forms.CharField):
    """What to call a person, without control letters and doubled spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Your name"), max_length=100, widget=NAME, **options)
        self.error_messages["required"] = _("Enter your name")
        self.error_messages["max_length"] = _("Use at most %(limit_value)d letters")

    def to_python(self, value: Any) -> str:
        """The name as it is kept; refused as empty when nothing of it can be read."""
        shown = "".join(
            letter for letter in str(value or "") if letter.isprintable() or letter.isspace()
        )
        return " ".join(shown.split())


def reword(form: forms.BaseForm, name: str, label: Any, required: Any, **attrs: str) -> None:
    """Give a field of allauth our label, our sentence for an empty answer, and no hint."""
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.error_messages["required"] = required
    field.widget.attrs.update({"class": "govuk-input--width-30"} | attrs)


def reword_new_password(form: forms.BaseForm) -> None:
    """One box for a new password: it can be shown, so typing it twice proves nothing."""
    reword(form, "password1", _("New password"), _("Enter a new password"))
    form.fields["password1"].help_text = PASSWORD_HINT
    del form.fields["password2"]


class SignUpForm(account.SignupForm):  # type: ignore[misc]  # allauth has no types
    """An account: a name, an address read in private, a password."""

    name = NameField()
    # Asked for only when the address looks like an employer's.
    read_by_me_alone = forms.BooleanField(
        label=_("Nobody else can read this address"), required=False
    )
    field_order = ["name", "email", "read_by_me_alone", "password1"]
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(
            self,
            "email",
            _("An e-mail address that you read in private"),
            _("Enter an address that you read in private"),
            autocomplete="email",
        )
        self.fields["email"].help_text = _(
            "Not your work address: your employer may be able to read it, and need not know yet "
            "that you are here. We use it to sign you in and to tell you what has happened."
        )
        reword(self, "password1", _("A password"), _("Enter a password"))
        self.fields["password1"].help_text = PASSWORD_HINT
        self.asks_who_reads = self.is_bound and is_work_address(str(self.data.get("email", "")))
        if not self.asks_who_reads:
            del self.fields["read_by_me_alone"]

    def clean(self) -> dict[str, Any]:
        """Warn about a work address, unless the person says that nobody else reads it."""
        cleaned: dict[str, Any] = super().clean()
        if self.asks_who_reads and not cleaned.get("read_by_me_alone"):
            self.add_error(
                "email",
                _(
                    "This looks like your employer’s address. "
                    "Use another, or tell us that nobody else reads it."
                ),
            )
        return cleaned

    def signup(self, request: Any, user: Any) -> None:
        """Keep the name, which allauth does not know of."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


def is_work_address(address: str) -> bool:
    """Whether a public employer can read this address, as far as we can tell."""
    return looks_like_work(address) or employers_reading(address).exists()


class SignInForm(account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """The address and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "login", _("E-mail address"), _("Enter your e-mail address"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        reword(self, "password", _("Password"), _("Enter your password"))


class ForgotForm(account.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """The address to send a link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "email", _("E-mail address"), _("Enter your e-mail address"))


class ResetForm(account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A new password, by a link from a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_new_password(self)


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """A first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_new_password(self)


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """A new password in place of the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "oldpassword", _("Password that you use now"), _("Enter the password"))
        reword_new_password(self)


class PasswordAgainForm(account.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "password", _("Password"), _("Enter your password"))


class NewAddressForm(account.AddEmailForm):  # type: ignore[misc]  # allauth has no types
    """Another address for notices and for signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "email", _("New address, read in private"), _("Enter the new e-mail address"))


def reword_code(form: forms.BaseForm) -> None:
    """A six-digit code from an app: digits on a phone's keyboard, filled in by the browser."""
    reword(
        form,
        "code",
        _("Code from your app"),
        _("Enter the six digits"),
        inputmode="numeric",
        **{"class": "govuk-input--width-5"},
    )
    form.fields["code"].help_text = _("Six digits that change every 30 seconds.")


class SecondStepForm(second_step.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", _("Code"), _("Enter a code"), **{"class": "govuk-input--width-10"})
        self.fields["code"].help_text = _("Six digits from your app, or one of your spare codes.")


class SecondStepAgainForm(second_step.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_code(self)


class ActivateAppForm(totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code from a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword_code(self)


class NameForm(forms.Form):
    """What to call a person."""

    name = NameField(
        help_text=_("Colleagues in your team see it, and officials who work on what you send.")
    )
