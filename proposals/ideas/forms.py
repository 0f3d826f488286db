"""The form for an idea, and those by which coordinators answer and keep calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.addresses import employers_reading, looks_like_work
from activity.doors import DoorForm
from activity.fields import AddressField, DatePartsField, TextField, clean_text
from activity.forms import SeenForm
from proposals.ideas.actions import From

WORDS = 300
SALT = "proposals.idea"


class IdeaForm(DoorForm):
    """An idea. Only the idea itself must be there."""

    salt = SALT

    words = TextField(
        label=gettext_lazy("What could staff run better themselves?"),
        help_text=gettext_lazy(
            "Which service, what you would do and why. Leave out what is secret, and the names of "
            "people."
        ),
        lines=True,
        rows=8,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write your idea")},
    )
    name = TextField(
        label=gettext_lazy("What may we call you?"),
        help_text=gettext_lazy("A first name will do."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=gettext_lazy("E-mail address that you read in private"),
        help_text=gettext_lazy(
            "We write only to say that there is an answer, never what it is about."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address_is_private = forms.BooleanField(
        label=gettext_lazy("Nobody but me reads this address"), required=False
    )
    reach = TextField(
        label=gettext_lazy("Is there another safe way to reach you?"),
        help_text=gettext_lazy("For example: ring my mobile after 6pm, with its number."),
        required=False,
        max_length=200,
    )
    workplace = TextField(
        label=gettext_lazy("Where do you work?"),
        help_text=gettext_lazy("The name of the council, trust, college or other body."),
        required=False,
        max_length=200,
    )
    employer_may_know = forms.ChoiceField(
        label=gettext_lazy("May your employer know that this is your idea?"),
        help_text=gettext_lazy("“No” is chosen for everybody. Change it only if you want to."),
        choices=[
            ("no", gettext_lazy("No, keep it from them")),
            ("yes", gettext_lazy("Yes, they may know")),
        ],
        initial="no",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose no or yes")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        if not self._asks_whether_private():
            del self.fields["address_is_private"]

    def _asks_whether_private(self) -> bool:
        typed = clean_text(self.data.get("email", "")).strip()
        return looks_like_work(typed) or "address_is_private" in self.data

    def clean(self) -> dict[str, Any]:
        """See that our mail cannot give the sender away."""
        cleaned = super().clean()
        address = cleaned.get("email", "")
        if not address or cleaned.get("employer_may_know") != "no":
            return cleaned
        if employer := employers_reading(address).first():
            words = _(
                "This address is at %(employer)s, and we write nothing there while they must not "
                "know. Use another, or leave it empty: you get a private link on the next page."
            )
            self.add_error("email", words % {"employer": employer})
        elif looks_like_work(address) and not cleaned.get("address_is_private"):
            words = _(
                "This looks like your employer's address. Use another, or tell us that nobody "
                "else reads it."
            )
            self.add_error("email", words)
        return cleaned

    def sender(self) -> From:
        """Who sends it, as typed."""
        typed = self.cleaned_data
        return From(
            name=typed["name"],
            email=typed["email"],
            address_is_private=bool(typed.get("address_is_private")),
            reach=typed["reach"],
            workplace=typed["workplace"],
        )


class ReplyForm(SeenForm):
    """What the sender is told."""

    reply = TextField(
        label=gettext_lazy("Your reply"),
        help_text=gettext_lazy("The sender reads this, by their private link."),
        lines=True,
        rows=8,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write what the sender is told")},
    )


class CallForm(forms.Form):
    """A call for ideas."""

    title = TextField(
        label=gettext_lazy("What do you ask for?"),
        help_text=gettext_lazy("A few words, like: Ideas for youth services"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter what you ask for")},
    )
    words = TextField(
        label=gettext_lazy("What should people know?"),
        help_text=gettext_lazy("Everybody can read this."),
        lines=True,
        rows=8,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write what people should know")},
    )
    opens_on = DatePartsField(
        label=gettext_lazy("First day"),
        error_messages={"required": gettext_lazy("Enter the first day")},
    )
    closes_on = DatePartsField(
        label=gettext_lazy("Last day"),
        error_messages={"required": gettext_lazy("Enter the last day")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day must not be before the first"))
        return cleaned


class CloseForm(forms.Form):
    """The end of a call."""

    outcome = TextField(
        label=gettext_lazy("What came of it?"),
        help_text=gettext_lazy("Everybody can read this, and nobody is named in it."),
        lines=True,
        rows=8,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write what came of it")},
    )
