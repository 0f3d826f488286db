"""Why a provider does not answer an enquiry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from activity.fields import TextField
from activity.forms import OnceForm, SeenForm
from advice.intake.models import Refusal

WORDS = 200
# What somebody may say; the last of ours is said by the job alone.
REASONS = [each for each in Refusal if each != Refusal.LATE]


class RefuseForm(SeenForm, OnceForm):
    """A reason of ours, and words for whoever gets it next."""

    reason = forms.TypedChoiceField(
        label=gettext_lazy("Why can you not answer it?"),
        choices=[(each.value, each.label) for each in REASONS],
        coerce=Refusal,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose why you cannot answer it"),
            "invalid_choice": gettext_lazy("Choose one of the reasons on this page"),
        },
    )
    words = TextField(
        label=gettext_lazy("What should whoever gets it know?"),
        help_text=gettext_lazy("The next provider reads this as a note. The enquirer does not."),
        required=False,
        lines=True,
        rows=4,
        words=WORDS,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == Refusal.OTHER and not cleaned.get("words"):
            self.add_error("words", gettext_lazy("Write why you cannot answer it"))
        return cleaned
