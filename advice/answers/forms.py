"""What an adviser writes: to the enquirer, or for colleagues."""

from __future__ import annotations

import re
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, ngettext

from activity.fields import TextField, clean_text
from activity.forms import OnceForm, SeenForm
from advice.answers.canned.filling import gaps
from advice.intake import abouts
from advice.intake.models.about import SHAPE

WORDS = 1000
MOST_USED = 20
MOST_FIND = 100
# A draft may be longer than what can be sent: nothing typed is lost.
MOST_KEPT = 200_000
MOST_MARKS = 500


class ReplyForm(SeenForm, OnceForm):
    """An answer. used: the marks of the canned answers that were put in; find: words to find one by."""

    mark_optional = False

    find = TextField(label=gettext_lazy("Words in it"), required=False)
    used = TextField(required=False, widget=forms.HiddenInput)
    words = TextField(
        label=gettext_lazy("Your reply"),
        lines=True,
        rows=12,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write your reply")},
    )

    def clean_words(self) -> str:
        """Refuse a gap that a canned answer left: the enquirer would read it."""
        words: str = self.cleaned_data["words"]
        left = gaps(words)
        if left:
            sentence = ngettext(
                "Fill in %(gaps)s or take it out", "Fill in %(gaps)s or take them out", len(left)
            )
            raise ValidationError(sentence % {"gaps": ", ".join(f"“{each}”" for each in left[:5])})
        return words

    def sent(self) -> dict[str, Any]:
        """What is sent, once it is whole."""
        kept = {name: self.cleaned_data[name] for name in ("words", "seen", "once")}
        return kept | {"used": self.cleaned_data["used"].split()[:MOST_USED]}

    def typed(self) -> dict[str, str]:
        """What was typed so far, right or wrong, as a draft keeps it."""
        return {
            "words": clean_text(self.data.get("words", ""), lines=True)[:MOST_KEPT],
            "used": clean_text(self.data.get("used", ""))[:MOST_MARKS],
        }

    def drawn_again(self, seen: int) -> Self:
        """The same words on a page drawn now; still the same reply, sent once."""
        return type(self)({**self.data.dict(), "seen": seen})  # type: ignore[attr-defined]

    def kept(self, *, more: str = "", used: str = "") -> Self:
        """What was typed, on a page drawn again and not yet judged; more: words put in below it."""
        typed = {name: clean_text(self.data.get(name, ""), lines=True) for name in self.fields}
        typed["words"] = "\n\n".join(filter(None, [typed["words"].rstrip(), more]))
        typed["used"] = f"{typed['used']} {used}".strip()
        return type(self)(initial=typed)

    @property
    def looked_for(self) -> str:
        """What a canned answer is looked for by; "" where nothing is."""
        return clean_text(str(self["find"].value() or ""))[:MOST_FIND].strip()


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
        if about.startswith("PF") and not abouts.is_public(about):
            raise ValidationError(
                gettext_lazy("No pathfinder in the public register has this reference. Check it")
            )
        return about
