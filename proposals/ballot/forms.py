"""What a lead, a scrutineer and a voter type."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activity import clock
from activity.fields import AddressField, DatePartsField, TextField
from activity.forms import OPEN_AGAIN, OnceForm, SeenForm
from activity.uploads import MEGABYTE, UploadField
from proposals.ballot import codes, hours, rolls
from proposals.ballot.models import Ballot, Choice
from proposals.draft.asking import words
from proposals.draft.models import Proposal
from proposals.draft.rules import is_in_team

LARGEST_ROLL = 2 * MEGABYTE


class DatesForm(forms.Form):
    """What is asked and when. least_days: for how many days it is open at least."""

    question = words(
        gettext_lazy("What are staff asked?"),
        gettext_lazy("Write the question as staff will read it"),
        gettext_lazy(
            "Between 10 and 60 words that lean neither way and can be answered with yes or no. "
            "Yes must mean that staff want this proposal to go on."
        ),
        least=10,
        most=60,
        rows=3,
    )
    opens_on = DatePartsField(
        label=gettext_lazy("First day of voting"),
        help_text=gettext_lazy("It can open from 8am. Leave time to print and hand out letters."),
        earliest=clock.today,
        error_messages={
            "required": gettext_lazy("Enter the first day of voting"),
            "earliest": gettext_lazy("The first day cannot be in the past"),
        },
    )
    closes_on = DatePartsField(
        label=gettext_lazy("Last day of voting"),
        error_messages={"required": gettext_lazy("Enter the last day of voting")},
    )

    def __init__(self, *args: Any, least_days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least_days = least_days
        self.fields["closes_on"].help_text = ngettext(
            "It closes at 8pm, at least %(days)d day after the first, so that nobody misses it "
            "who works nights or is away.",
            "It closes at 8pm, at least %(days)d days after the first, so that nobody misses it "
            "who works nights or is away.",
            least_days,
        ) % {"days": least_days}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens + datetime.timedelta(days=self.least_days):
            said = _("The last day must be at least %(days)d days after the first")
            self.add_error("closes_on", said % {"days": self.least_days})
        return cleaned

    def planned(self) -> dict[str, Any]:
        """What a vote is set up with."""
        return {
            "question": self.cleaned_data["question"],
            "opens_at": hours.morning(self.cleaned_data["opens_on"]),
            "closes_at": hours.evening(self.cleaned_data["closes_on"]),
        }


class ScrutineerForm(forms.Form):
    """Who runs a vote. proposal: whose team they may not be in."""

    scrutineer_name = TextField(
        label=gettext_lazy("Who runs the vote?"),
        help_text=gettext_lazy(
            "One person outside your team whom staff trust: of a union, the returning officer of a "
            "council, a body that holds ballots. Their name stands on the certificate."
        ),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter the name of the scrutineer")},
    )
    scrutineer_address = AddressField(
        label=gettext_lazy("Their e-mail address"),
        help_text=gettext_lazy("They get a link that is theirs alone. You never see the roll."),
        error_messages={"required": gettext_lazy("Enter the scrutineer's e-mail address")},
    )

    def __init__(self, *args: Any, proposal: Proposal, now: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.now = now

    def clean_scrutineer_address(self) -> str:
        address: str = self.cleaned_data["scrutineer_address"]
        if is_in_team(self.proposal, address):
            raise ValidationError(
                _("Somebody in your team has this address. Name somebody outside the team.")
            )
        if address.lower() == self.now.lower():
            raise ValidationError(_("They run it already. Enter another address."))
        return address


class BeginForm(ScrutineerForm, DatesForm, OnceForm):
    """A vote that is set up."""

    field_order = ("question", "opens_on", "closes_on", "scrutineer_name", "scrutineer_address")

    def begun(self) -> dict[str, Any]:
        """What a vote begins with."""
        kept = ("scrutineer_name", "scrutineer_address", "once")
        return self.planned() | {name: self.cleaned_data[name] for name in kept}


class ChangeForm(DatesForm, SeenForm):
    """Another question, or other days."""


class ReplaceForm(ScrutineerForm, SeenForm):
    """Somebody else who runs it."""


class CallOffForm(SeenForm):
    """Why a vote is called off."""

    because = TextField(
        lines=True,
        rows=3,
        words=100,
        label=gettext_lazy("Why is it called off?"),
        help_text=gettext_lazy("The team and the scrutineer read this. Name nobody."),
        error_messages={"required": gettext_lazy("Say why it is called off")},
    )


class ShownForm(forms.Form):
    """A page that was looked at: it sends back the mark of what it showed."""

    shown = forms.CharField(
        max_length=16,
        widget=forms.HiddenInput,
        error_messages={"required": OPEN_AGAIN, "max_length": OPEN_AGAIN},
    )


class RollForm(forms.Form):
    """A roll in a file. least: the fewest people that it may have."""

    roll = UploadField(
        most=LARGEST_ROLL,
        accept=".csv",
        label=gettext_lazy("The roll, as a CSV file"),
        help_text=gettext_lazy("At most 20,000 people and 2 MB."),
    )

    def __init__(self, *args: Any, least: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least = least

    def clean_roll(self) -> list[rolls.Voter]:
        try:
            return rolls.read(self.cleaned_data["roll"].read(), least=self.least)
        except rolls.NotARoll as problem:
            raise ValidationError(problem.problems) from problem


class CodeForm(forms.Form):
    """A code from a letter."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy(
            "The letters and digits in your letter, in six groups of four. Blanks do not count."
        ),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": gettext_lazy("Type the code in your letter"),
            "max_length": gettext_lazy("Type the code in your letter, and nothing else"),
        },
    )

    def clean_code(self) -> str:
        code = codes.read(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                _("Check the code: it has 24 letters and digits, in six groups of four")
            )
        return code


class VoteForm(forms.Form):
    """One choice."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Your vote"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes, no, or to leave it blank")},
    )


def dates_of(ballot: Ballot) -> dict[str, Any]:
    """What a form of dates shows of a vote that is set up."""
    return {
        "question": ballot.question,
        "opens_on": timezone.localdate(ballot.opens_at),
        "closes_on": timezone.localdate(ballot.closes_at),
    }
