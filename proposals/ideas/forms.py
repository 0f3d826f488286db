"""The form for an idea, and those by which coordinators answer and keep calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.fields import DatePartsField, TextField
from activity.forms import SeenForm
from activity.private import PrivateForm
from proposals.ideas.actions import From

WORDS = 300
SALT = "proposals.idea"


class IdeaForm(PrivateForm):
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
    field_order = (
        *("words", "name", "email", "address_is_private", "reach"),
        *("workplace", "employer_may_know"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["email"].help_text = _(
            "We write only to say that there is an answer, never what it is about."
        )
        self.fields["employer_may_know"].label = _("May your employer know that this is your idea?")

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
