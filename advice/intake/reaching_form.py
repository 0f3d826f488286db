"""What we ask of whoever gives a number: when and how to ring it safely. All of it may be empty."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activity.dates import time_in_words
from activity.fields import TextField
from advice.intake.models import RingDays

# From the first to the last hour at which anybody rings anybody.
HOURS = [datetime.time(hour) for hour in range(7, 23)]
# A style rule sees by it whether the box is empty.
GIVEN = {"placeholder": " "}
INLINE = {"class": "govuk-radios--inline govuk-radios--small"}
REACHING = (
    *("may_ring", "may_leave_message", "may_write"),
    *("ring_days", "ring_from", "ring_until", "say_we_are"),
)


def _yes_or_no(label: Any, yes: Any, no: Any) -> Any:
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda typed: typed == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs=INLINE),
    )


def _hour(label: Any, none: Any) -> Any:
    return forms.TypedChoiceField(
        label=label,
        choices=lambda: [
            ("", none),
            *((f"{hour:%H:%M}", time_in_words(hour)) for hour in HOURS),
        ],
        coerce=datetime.time.fromisoformat,
        empty_value=None,
        required=False,
    )


class ReachingForm(forms.Form):
    """How to ring safely. Whoever gives no number is not asked, and nothing of it is kept."""

    may_ring = _yes_or_no(_("May we ring you?"), _("Yes"), _("No"))
    may_leave_message = _yes_or_no(_("May we leave a message?"), _("Yes"), _("No"))
    ring_days = forms.ChoiceField(
        label=_("On which days?"), choices=[("", _("Any day")), *RingDays.choices], required=False
    )
    ring_from = _hour(_("Not before"), _("Any hour"))
    ring_until = _hour(_("Not after"), _("Any hour"))
    say_we_are = TextField(
        label=_("If somebody else answers, who shall we say we are?"),
        help_text=_("We give a first name, and not where we ring from, unless you say otherwise."),
        required=False,
        max_length=100,
    )
    may_write = _yes_or_no(_("May we send a letter?"), _("Yes"), _("No"))

    def clean_ring_until(self) -> datetime.time | None:
        """Later than the first hour."""
        first, last = self.cleaned_data.get("ring_from"), self.cleaned_data["ring_until"]
        if first and last and last <= first and self.data.get("telephone", "").strip():
            raise forms.ValidationError(_("Choose a later hour than the one before"))
        return last  # type: ignore[no-any-return]  # a choice of HOURS

    def reaching(self) -> dict[str, Any]:
        """The facts as an Enquirer has them."""
        if not self.cleaned_data["telephone"]:
            return {}
        return {name: self.cleaned_data[name] for name in REACHING}
