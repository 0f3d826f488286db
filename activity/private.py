"""A form at an open door for somebody whose employer need not know who sent it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.addresses import employers_reading, looks_like_work
from accounts.models import Organisation
from activity.doors import DoorForm
from activity.fields import AddressField, TextField, clean_text

AT_EMPLOYER = _(
    "This address is at %(employer)s, and we write nothing there while they must not know. Use "
    "another, or leave it empty: you get a private link on the next page."
)
LIKE_EMPLOYER = _(
    "This looks like your employer's address. Use another, or tell us that nobody else reads it."
)


class PrivateForm(DoorForm):
    """A name and an address of somebody, as far as they give them, and what an employer may know.

    Says no to an address at which our mail would give the sender away. `address_is_private` is
    asked only of addresses that look like work.
    """

    name = TextField(
        label=_("What may we call you?"),
        help_text=_("A first name will do."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("E-mail address that you read in private"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address_is_private = forms.BooleanField(
        label=_("Nobody but me reads this address"), required=False
    )
    employer_may_know = forms.ChoiceField(
        help_text=_("“No” is chosen for everybody. Change it only if you want to."),
        choices=[
            ("no", _("No, keep it from them")),
            ("yes", _("Yes, they may know")),
        ],
        initial="no",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose no or yes")},
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        if not self._asks_whether_private():
            del self.fields["address_is_private"]

    def _asks_whether_private(self) -> bool:
        typed = clean_text(self.data.get("email", "")).strip()
        return looks_like_work(typed) or "address_is_private" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        address = cleaned.get("email", "")
        if not address or cleaned.get("employer_may_know") != "no":
            return cleaned
        if employer := self.employer_reading(address):
            self.add_error("email", AT_EMPLOYER % {"employer": employer})
        elif looks_like_work(address) and not cleaned.get("address_is_private"):
            self.add_error("email", LIKE_EMPLOYER)
        return cleaned

    def employer_reading(self, address: str) -> Organisation | None:
        """The employer that can read mail to this address."""
        return employers_reading(address).first()
