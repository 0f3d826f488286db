"""The forms of the register of interests."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Interest, Tie
from activity import clock, dates
from activity.dates import DatePartsField
from activity.employers import NOT_LISTED, BodyField, EmployerAsked, EmployerWordsField


class DeclareForm(EmployerAsked):
    """What ties somebody to a body. Cleaned, `body` is an Organisation."""

    mark_optional = False
    named = ("body_words", "body", "")

    body_words = EmployerWordsField(label=gettext_lazy("Which organisation?"))
    body = BodyField(label=gettext_lazy("The organisation"))
    tie = forms.ChoiceField(
        label=gettext_lazy("What ties you to it?"),
        choices=Tie.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what ties you to it"),
            "invalid_choice": gettext_lazy("Choose what ties you to it"),
        },
    )
    starts_on = DatePartsField(
        label=gettext_lazy("Since when? (optional)"),
        help_text=gettext_lazy("As far as you know it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        required = gettext_lazy("Choose the organisation")
        self.fields["body"].error_messages["required"] = required
        # Whoever searches has not come to these yet.
        self.fields["body"].required = self.fields["tie"].required = not self.asks_on()

    def clean_body(self) -> object:
        body = self.cleaned_data["body"]
        if body == NOT_LISTED and not self.asks_on():
            said = _("Search by another name. A body that we do not have has no cases yet.")
            raise ValidationError(said)
        return body


class EndForm(forms.Form):
    """The last day of an interest."""

    heading_field = "ends_on"

    ends_on = DatePartsField(
        help_text=gettext_lazy(
            "Its last day. The cases stay closed to you for two years after it. You cannot take this "
            "back."
        ),
        error_messages={"required": gettext_lazy("Enter the last day, like 31 3 2027")},
    )

    def __init__(self, *args: Any, interest: Interest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interest = interest
        asked = _("When did your interest in %(body)s end?") % {"body": interest.organisation}
        self.fields["ends_on"].label = asked

    def clean_ends_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["ends_on"]
        if day > clock.today():
            raise ValidationError(_("Come back on that day: it cannot be in the future"))
        if self.interest.starts_on and day < self.interest.starts_on:
            began = dates.in_words(self.interest.starts_on)
            raise ValidationError(_("It began on %(day)s: enter a later day") % {"day": began})
        return day
