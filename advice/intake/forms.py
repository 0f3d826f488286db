"""The question form, and the small forms by which an enquirer goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from activity.documents import DocumentField
from activity.doors import DoorForm
from activity.fields import AddressField, TextField
from activity.forms import OnceForm, SeenForm
from activity.private import PrivateForm
from activity.sniffing import TAKEN
from advice.intake import secrecy
from advice.intake.actions import Enquirer
from advice.intake.models import Sector, Topic, Went
from advice.intake.reaching_form import GIVEN, REACHING, ReachingForm

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
    file = DocumentField(
        label=gettext_lazy("A file, if it helps"),
        help_text=format_lazy(
            gettext_lazy("{kinds}. At most 10 MB. Leave out what is secret, and names of people."),
            kinds=TAKEN,
        ),
        required=False,
    )


class AskAgainForm(OnceForm):
    """A question that follows one that is over. A file comes later, with more words."""

    words = TextField(
        label=gettext_lazy("What do you want to ask?"),
        lines=True,
        rows=8,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write what you want to ask")},
    )


class RateForm(SeenForm):
    """How it went."""

    went = forms.TypedChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=Went.choices,
        coerce=Went,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it went")},
    )
    words = TextField(
        label=gettext_lazy("Is there anything that we should do better?"),
        help_text=gettext_lazy("Leave out names. Nobody can answer you here."),
        lines=True,
        rows=4,
        words=200,
        required=False,
    )


class FindForm(DoorForm):
    """The address to which a link went, or may go."""

    salt = "advice.find"

    email = AddressField(
        label=gettext_lazy("E-mail address that you gave when you asked"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Enter the address that you gave")},
    )


class AskForm(ReachingForm, PrivateForm):
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
    telephone = TextField(
        label=gettext_lazy("Telephone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"}
            | GIVEN
        ),
    )
    safe_ways = TextField(
        label=gettext_lazy("Anything else that makes it safe to reach you?"),
        help_text=gettext_lazy(
            "In your own words. An adviser reads this before ringing. It does not hold back our "
            "mail."
        ),
        required=False,
        max_length=200,
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

    field_order = (
        *("question", "topic", "name", "email", "address_is_private", "telephone"),
        *(*REACHING, "safe_ways"),
        *("employer_may_know", "sector", "employer"),
    )
    known_employer: Organisation | None = None

    def __init__(self, data: Any = None, known: Mapping[str, str] | None = None) -> None:
        """Known: what an address that led here says: see KNOWN."""
        told = {name: (known or {}).get(name, "") for name in KNOWN}
        super().__init__(data, initial=told)
        self.fields["email"].help_text = _(
            "We write as soon as there is something, at any hour, and only to say that it is "
            "there, never what it is."
        )
        self.fields["employer_may_know"].label = _("May your employer know that you asked?")

    def clean_employer(self) -> str:
        """Find the employer among those that we know."""
        typed: str = self.cleaned_data["employer"]
        known = Organisation.objects.employers().filter(name__iexact=typed)
        self.known_employer = known.first() if typed else None
        return typed

    def employer_reading(self, address: str) -> Organisation | None:
        return secrecy.employer_reading(address, self.known_employer)

    def enquirer(self) -> Enquirer:
        """Who asks, as typed."""
        typed = self.cleaned_data
        return Enquirer(
            name=typed["name"],
            email=typed["email"],
            address_is_private=bool(typed.get("address_is_private")),
            telephone=typed["telephone"],
            safe_ways=typed["safe_ways"],
            **self.reaching(),
            sector=typed["sector"],
            employer=self.known_employer,
            employer_name="" if self.known_employer else typed["employer"],
        )
