"""When the letters of a decision go out."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activity.dates import in_words
from activity.fields import DatePartsField
from activity.forms import SeenForm
from proposals.decision.releasing import last_day, why_not
from proposals.draft.models import SchemeVersion

NOW, ON_A_DAY, NOT_YET = "now", "day", "not-yet"


class ReleaseForm(SeenForm):
    """When the letters go: now, or on a day; or not on the day that was ordered.

    shown: the day that the page showed as ordered, "" for none.
    """

    mark_optional = False
    when = forms.ChoiceField(
        label=_("When do the letters go out?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose when the letters go out")
        ),
    )
    release_on = DatePartsField(
        required=False,
        label=_("On which day?"),
        error_messages={"required": _("Enter the day on which the letters go out")},
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, scheme: SchemeVersion, ordered: datetime.date | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        when: Any = self.fields["when"]
        when.choices = _ways(ordered)
        when.reveals = {ON_A_DAY: ["release_on"]}
        day: Any = self.fields["release_on"]
        day.help_text = gettext("A working day, at the latest %(day)s.") % {
            "day": in_words(last_day(scheme))
        }

    def clean(self) -> dict[str, Any]:
        """What the action takes: `seen` alone to release now, and with a day or None to order."""
        cleaned = super().clean() or self.cleaned_data
        when, day = cleaned.pop("when", None), cleaned.pop("release_on", None)
        told = cleaned.pop("shown", "")
        if when == ON_A_DAY:
            self._check(day)
            return cleaned | {"on": day, "shown": told}
        self.errors.pop("release_on", None)  # of a box that was not asked for
        return cleaned if when == NOW else cleaned | {"on": None, "shown": told}

    def _check(self, day: datetime.date | None) -> None:
        missing = self.fields["release_on"].error_messages["required"]
        refusal = why_not(day, self.scheme) if day else missing
        if refusal and "release_on" not in self.errors:
            self.add_error("release_on", refusal)


def _ways(ordered: datetime.date | None) -> list[tuple[str, Any]]:
    ways: list[tuple[str, Any]] = [
        (NOW, _("Now")),
        (ON_A_DAY, _("On another day") if ordered else _("In the morning of a day")),
    ]
    return [*ways, (NOT_YET, _("Not by itself: call that day off"))] if ordered else ways
