"""The question form, and the small forms by which an enquirer goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.addresses import looks_like_work
from accounts.models import Organisation
from activity.doors import DoorForm
from activity.fields import AddressField, TextField, clean_text
from activity.forms import OnceForm
from advice.intake import secrecy
from advice.intake.actions import Enquirer
from advice.intake.models import Sector, Topic

WORDS = 500
# What another page may fill in by the address of its link, which histories and logs keep: so
# nothing that names anybody, and never an employer.
KNOWN = ("topic", "sector")
SALT = "advice.ask"


class AddForm(OnceForm):
    """More words from the enquirer."""

    words = TextField(
        label=gettext_lazy("What do you want to add?"),
        lines=True,
        rows=8,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write what you want to add")},
    )


class AskForm(DoorForm):
    """A question to the advice line. Only the question itself must be there."""

    salt = SALT

    question = TextField(
        label=gettext_lazy("What do you want to ask?"),
        help_text=gettext_lazy(
            "In your own words. Leave out what is secret, and the names of people."
        ),
        lines=True,
        rows=7,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write what you want to ask")},
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label=gettext_lazy("What is it about?"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("I am not sure"),
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
            "We write as soon as there is something, at any hour, and only to say that it is "
            "there, never what it is."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address_is_private = forms.BooleanField(
        label=gettext_lazy("Nobody but me reads this address"), required=False
    )
    telephone = TextField(
        label=gettext_lazy("Telephone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"}
        ),
    )
    safe_ways = TextField(
        label=gettext_lazy("When and how is it safe to ring you?"),
        help_text=gettext_lazy(
            "For example: mobile only, after 6pm, leave no message. An adviser reads this before "
            "ringing. It does not hold back our mail."
        ),
        required=False,
        max_length=200,
    )
    employer_may_know = forms.ChoiceField(
        label=gettext_lazy("May your employer know that you asked?"),
        help_text=gettext_lazy("“No” is chosen for everybody. Change it only if you want to."),
        choices=[
            ("no", gettext_lazy("No, keep it from them")),
            ("yes", gettext_lazy("Yes, they may know")),
        ],
        initial="no",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose no or yes")},
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Where do you work?"),
        choices=[("", gettext_lazy("I would rather not say")), *Sector.choices],
        required=False,
    )
    employer = TextField(
        label=gettext_lazy("Who do you work for?"),
        help_text=gettext_lazy("The name of the council, trust, college or other body."),
        required=False,
        max_length=200,
    )

    def __init__(self, data: Any = None, known: Mapping[str, str] | None = None) -> None:
        """Known: what an address that led here says: see KNOWN."""
        told = {name: (known or {}).get(name, "") for name in KNOWN}
        super().__init__(data, initial=told)
        if not self._asks_whether_private():
            del self.fields["address_is_private"]

    def _asks_whether_private(self) -> bool:
        typed = clean_text(self.data.get("email", "")).strip()
        return looks_like_work(typed) or "address_is_private" in self.data

    def clean(self) -> dict[str, Any]:
        """Find the employer, and see that our mail cannot give the enquirer away to it."""
        cleaned = super().clean()
        typed = cleaned.get("employer", "")
        known = Organisation.objects.employers().filter(name__iexact=typed)
        self.known_employer = known.first() if typed else None
        self._guard_address(cleaned)
        return cleaned

    def _guard_address(self, cleaned: dict[str, Any]) -> None:
        address = cleaned.get("email", "")
        if not address or cleaned.get("employer_may_know") != "no":
            return
        if employer := secrecy.employer_reading(address, self.known_employer):
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

    def enquirer(self) -> Enquirer:
        """Who asks, as typed."""
        typed = self.cleaned_data
        return Enquirer(
            name=typed["name"],
            email=typed["email"],
            address_is_private=bool(typed.get("address_is_private")),
            telephone=typed["telephone"],
            safe_ways=typed["safe_ways"],
            sector=typed["sector"],
            employer=self.known_employer,
            employer_name="" if self.known_employer else typed["employer"],
        )
