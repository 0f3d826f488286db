"""What officials type."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import clock
from activity.dates import DatePartsField
from activity.fields import TextField
from activity.forms import OPEN_AGAIN, OnceForm, SeenForm
from proposals.draft.questions import topics
from proposals.draft.shown import named
from proposals.review import mentioning

NONE, CONFLICT = "none", "conflict"


class DeclareForm(forms.Form):
    """A conflict of interest, or none."""

    declared = forms.ChoiceField(
        label=_("Do you have a conflict of interest in this case?"),
        help_text=_(
            "For example: you worked for this employer in the last two years, you know somebody "
            "who would gain or lose, or you advised this team."
        ),
        choices=[(NONE, _("No, none")), (CONFLICT, _("Yes, or I might"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have a conflict of interest")},
    )


class NoteForm(OnceForm):
    """A note among officials."""

    text = TextField(
        lines=True, words=500, label=_("Note"), error_messages={"required": _("Write the note")}
    )
    colleagues = forms.ModelMultipleChoiceField(
        User.objects.none(),
        required=False,
        label=_("Mention a colleague"),
        help_text=_(
            "They are told that a note mentions them. Or write @ and the name in the note."
        ),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        to_field_name="email",
        error_messages={"invalid_choice": _("Choose from the colleagues who are offered")},
    )
    mark_optional = False

    def __init__(self, *args: Any, offered: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        asked: Any = self.fields["colleagues"]
        asked.queryset = User.objects.filter(pk__in=[each.pk for each in offered])
        asked.choices = [(each.email, str(each)) for each in offered]
        asked.label_size = "s"
        if not offered:
            del self.fields["colleagues"]

    def clean(self) -> dict[str, Any]:
        """With whoever the text calls by "@Name"; a name that is nobody's or several people's is told."""
        cleaned = super().clean() or self.cleaned_data
        found, unknown = mentioning.called(cleaned.get("text", ""), self.offered)
        if unknown:
            words = _(
                "“%(name)s” is not the name of just one colleague who can be mentioned. Write the "
                "whole name, or leave out the @"
            )
            self.add_error("text", ValidationError(words, params={"name": unknown[0]}))
        cleaned["colleagues"] = {*cleaned.get("colleagues", ()), *found}
        return cleaned


class MessageForm(OnceForm):
    """A message between the team and the officials."""

    text = TextField(
        lines=True,
        words=500,
        label=_("Message"),
        error_messages={"required": _("Write the message")},
    )


FINE, NOT_FINE = "fine", "not-fine"


class TriageForm(OnceForm):
    """The answer to one question of triage. What is not fine is said."""

    mark_optional = False
    answer = forms.ChoiceField(
        choices=[(FINE, _("Yes, nothing stands in the way")), (NOT_FINE, _("No"))],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose yes or no")),
    )
    words = TextField(
        lines=True,
        rows=3,
        words=150,
        required=False,
        label=_("What did you find?"),
        help_text=_("Officials read this; the team never does. Needed where the answer is no."),
        error_messages={"required": _("Say what you found")},
    )

    def __init__(self, *args: Any, asked: str, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: Any = self.fields["answer"]
        given.label, given.label_hidden = asked, True  # the heading above it says it
        given.choices = choices or given.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = cleaned.pop("answer", None)
        if given == NOT_FINE and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", self.fields["words"].error_messages["required"])
        return cleaned | {"is_fine": given == FINE}


class ReturnForm(SeenForm):
    """What is missing, in words that the team reads."""

    missing = TextField(
        lines=True,
        words=300,
        label=_("What is missing?"),
        help_text=_("The team reads this. Say what would make the proposal complete."),
        error_messages={"required": _("Say what is missing")},
    )


def places() -> list[tuple[str, Any]]:
    """Every page of a proposal, to choose one from: its keys, and its words."""
    return [
        ("", _("Choose a page")),
        *(
            (f"{about.key}/{asked.key}", named(about, asked))
            for about in topics()
            for asked in about.pages
        ),
    ]


class _WordedForm(forms.Form):
    """One thing to ask of a team, about one page. place: the keys of its section and page."""

    place = forms.ChoiceField(
        label=_("Which page is it about?"),
        help_text=_("The team can change this page, and no other that you do not name."),
        choices=places,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose the page that it is about")
        ),
    )
    wanted = TextField(
        lines=True,
        words=150,
        label=_("What would satisfy it?"),
        help_text=_("The team reads this once you send it. Say what to add, show or put right."),
        error_messages={"required": _("Say what would satisfy it")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["section"], _slash, cleaned["page"] = cleaned.pop("place", "").partition("/")
        return cleaned


class RequestForm(_WordedForm, OnceForm):
    """A request to draft."""


class ReworkForm(_WordedForm, SeenForm):
    """A request to word otherwise."""


def _tomorrow() -> datetime.date:
    return clock.today() + datetime.timedelta(1)


class SendForm(SeenForm):
    """By when the team is asked to answer. shown: the mark of the requests that the page shows."""

    answer_by = DatePartsField(
        label=_("By when do you ask for an answer?"),
        help_text=_("The clock stands still until the team answers, also after that day."),
        earliest=_tomorrow,
        error_messages={"required": _("Enter the date to answer by")},
    )
    shown = forms.CharField(widget=forms.HiddenInput, error_messages={"required": OPEN_AGAIN})


class ReplyForm(SeenForm):
    """The team's words about one request."""

    reply = TextField(
        lines=True,
        words=250,
        label=_("Your reply to the reviewers"),
        help_text=_(
            "Say in a few words what you changed, or why not. They read it with your new version, "
            "and not before."
        ),
        error_messages={"required": _("Write a reply to the reviewers")},
    )
