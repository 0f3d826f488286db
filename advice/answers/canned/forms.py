"""What a lead writes when writing a canned answer, and what looks through them."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activity import clock
from activity.fields import DatePartsField, TextField
from activity.forms import OnceForm, SeenForm
from advice.answers.canned.filling import VARIABLES, unknown
from advice.intake.models import Topic

WORDS = 400
# Half a year: what is looked over less often goes out of date unseen.
REVIEW_AFTER = datetime.timedelta(days=182)
LATEST = datetime.timedelta(days=2 * 366)
CODE = RegexValidator(
    r"^[A-Z0-9]+(-[A-Z0-9]+)*\Z",
    gettext_lazy("Enter a code of capital letters, numbers and hyphens, like GEN-6"),
)


def tomorrow() -> datetime.date:
    """The first day by which an answer may be looked over again."""
    return clock.today() + datetime.timedelta(days=1)


def latest_review() -> datetime.date:
    """The last day to which looking it over may be put off."""
    return clock.today() + LATEST


class FindForm(forms.Form):
    """Words and a topic that answers are looked for by. What is wrong finds nothing, and says so."""

    mark_optional = False

    q = TextField(label=gettext_lazy("Words"), required=False, max_length=100)
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label=gettext_lazy("Topic"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("All topics"),
    )


class AnswerForm(OnceForm):
    """A canned answer."""

    title = TextField(
        label=gettext_lazy("What does it answer?"),
        max_length=100,
        error_messages={"required": gettext_lazy("Write what it answers, like “Asset locks”")},
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label=gettext_lazy("Topic"),
        to_field_name="code",
        empty_label=gettext_lazy("Choose one"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose a topic from the list")
        ),
    )
    words = TextField(
        label=gettext_lazy("The words"),
        lines=True,
        rows=14,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write the words of the answer")},
    )
    source = TextField(
        label=gettext_lazy("What it rests on"),
        help_text=gettext_lazy(
            "A law, a published paper with its date, or who said so. The enquirer does not read it."
        ),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what the answer rests on")},
    )
    review_by = DatePartsField(
        label=gettext_lazy("Look it over by"),
        help_text=gettext_lazy("Half a year is usual. Sooner where the law may change."),
        earliest=tomorrow,
        latest=latest_review,
        error_messages={"required": gettext_lazy("Enter the day by which to look it over")},
    )

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(
            data, initial={"review_by": clock.today() + REVIEW_AFTER, **(initial or {})}
        )
        self.fields["words"].help_text = _(
            "%(variables)s are filled in when the answer is put into a reply."
        ) % {"variables": _in_braces()}

    def clean_words(self) -> str:
        """Refuse what stands in braces and would never be filled in, by name."""
        words: str = self.cleaned_data["words"]
        wrong = unknown(words)
        if wrong:
            sentence = ngettext(
                "%(wrong)s is no variable. There are %(known)s",
                "%(wrong)s are no variables. There are %(known)s",
                len(wrong),
            )
            named = ", ".join(f"“{each}”" for each in wrong[:5])
            raise ValidationError(sentence % {"wrong": named, "known": _in_braces()})
        return words


class NewAnswerForm(AnswerForm):
    """A canned answer that is not there yet."""

    code = TextField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Short, and never changed. Like GEN-6."),
        max_length=16,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": gettext_lazy("Enter a code, like GEN-6")},
    )
    field_order = ("code",)


class VersionForm(SeenForm, AnswerForm):
    """The next version of an answer."""


def _in_braces() -> str:
    return ", ".join(f"{{{name}}}" for name in VARIABLES)
