"""What officials type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activity.fields import TextField
from activity.forms import OnceForm, SeenForm

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


class MessageForm(OnceForm):
    """A message between the team and the officials."""

    text = TextField(
        lines=True,
        words=500,
        label=_("Message"),
        error_messages={"required": _("Write the message")},
    )


class ReturnForm(SeenForm):
    """What is missing, in words that the team reads."""

    missing = TextField(
        lines=True,
        words=300,
        label=_("What is missing?"),
        help_text=_("The team reads this. Say what would make the proposal complete."),
        error_messages={"required": _("Say what is missing")},
    )
