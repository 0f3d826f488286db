"""What an adviser writes: to the enquirer, or for colleagues."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from activity.fields import TextField
from activity.forms import OnceForm, SeenForm
from advice.intake.models.about import SHAPE
from pathfinders.models import Pathfinder

WORDS = 1000


class ReplyForm(SeenForm, OnceForm):
    """An answer."""

    words = TextField(
        label=gettext_lazy("Your reply"),
        lines=True,
        rows=12,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write your reply")},
    )

    def drawn_again(self, seen: int) -> ReplyForm:
        """The same words on a page drawn now; still the same reply, sent once."""
        return type(self)({**self.data.dict(), "seen": seen})  # type: ignore[attr-defined]


class WaitForm(ReplyForm):
    """One thing that we need to know."""

    words = TextField(
        label=gettext_lazy("What do you need to know?"),
        lines=True,
        rows=8,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write what you need to know")},
    )


class NoteForm(OnceForm):
    """A note."""

    words = TextField(
        label=gettext_lazy("Your note"),
        lines=True,
        rows=6,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write your note")},
    )


class LinkForm(forms.Form):
    """The reference of what an enquiry is about, however its letters are typed."""

    about = TextField(
        label=gettext_lazy("Reference of the proposal or pathfinder"),
        help_text=gettext_lazy(
            "As the enquirer tells it, like RTP-2026-0001 or PF-0014. For a proposal we keep what "
            "you type: the advice line does not see whether there is one of that number."
        ),
        max_length=16,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter the reference that the enquirer told you")},
    )

    def clean_about(self) -> str:
        """Its letters in capitals, without spaces; a pathfinder must be one that is public."""
        about = re.sub(r"\s", "", self.cleaned_data["about"]).upper()
        if not re.fullmatch(SHAPE, about):
            raise ValidationError(gettext_lazy("Enter a reference like RTP-2026-0001 or PF-0014"))
        is_public = Pathfinder.objects.published().filter(reference=about).exists()
        if about.startswith("PF") and not is_public:
            raise ValidationError(
                gettext_lazy("No pathfinder in the public register has this reference. Check it")
            )
        return about
