"""Whom to ask, and what they say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts import cover
from accounts.models import Role, User
from accounts.people import holders_in
from activity import clock
from activity.fields import TextField
from activity.forms import OnceForm
from advice.answers.checks.models import Verdict
from advice.intake.models import Enquiry

WORDS = 500


class AskCheckForm(OnceForm):
    """A colleague who answers for the same provider and is there today."""

    colleague = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who reads it?"),
        to_field_name="email",
        empty_label=gettext_lazy("Choose a colleague"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose a colleague from the list")
        ),
    )

    def __init__(self, data: Any = None, *, enquiry: Enquiry, by: User) -> None:
        super().__init__(data)
        field: Any = self.fields["colleague"]
        field.queryset = colleagues(enquiry, by)


def colleagues(enquiry: Enquiry, by: User) -> Any:
    """Advisers and leads of the provider that has it who are not away, by name."""
    today = clock.today()
    advisers, leads = (
        holders_in(enquiry.provider_id, role, today).order_by().values("pk")
        for role in (Role.ADVISER, Role.ADVICE_LEAD)
    )
    others = User.objects.filter(pk__in=advisers) | User.objects.filter(pk__in=leads)
    return cover.here(others.exclude(pk=by.pk), today).order_by("name", "pk")


class CheckForm(forms.Form):
    """Send it, or what to change."""

    mark_optional = False

    verdict = forms.TypedChoiceField(
        label=gettext_lazy("What do you say?"),
        choices=[(each.value, each.label) for each in (Verdict.SEND, Verdict.CHANGE)],
        coerce=Verdict,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            gettext_lazy("Choose whether to send it or to change something first"),
        ),
    )
    said = TextField(
        label=gettext_lazy("What should change, and why"),
        help_text=gettext_lazy("Whoever asked you reads this. The enquirer does not."),
        lines=True,
        rows=6,
        words=WORDS,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Somebody who says "change" says what; one who may send it can still add a word."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == Verdict.CHANGE and not cleaned.get("said", "x"):
            self.add_error("said", gettext_lazy("Write what should change"))
        return cleaned
