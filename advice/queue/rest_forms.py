"""Until which day an enquiry rests, and why."""

from __future__ import annotations

import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity import clock
from activity.fields import DatePartsField, TextField
from activity.forms import OnceForm, SeenForm

WORDS = 200
MOST_DAYS = 60


class RestForm(SeenForm, OnceForm):
    """Until when, from tomorrow on."""

    until = DatePartsField(
        label=gettext_lazy("Until which day?"),
        error_messages={"required": gettext_lazy("Enter the day, like 31 3 2027")},
    )
    reason = TextField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("A note for your colleagues. The enquirer does not read it."),
        lines=True,
        rows=3,
        words=WORDS,
        error_messages={"required": gettext_lazy("Write why, for your colleagues")},
    )

    def clean_until(self) -> datetime.date:
        """A day soon, but not today."""
        day: datetime.date = self.cleaned_data["until"]
        today = clock.today()
        if day <= today:
            raise forms.ValidationError(_("Enter a day after today"))
        if day > today + datetime.timedelta(days=MOST_DAYS):
            words = _("Enter a day within %(days)d days, so that nobody is forgotten")
            raise forms.ValidationError(words % {"days": MOST_DAYS})
        return day


class ManyRestForm(RestForm):
    """The same for several that were ticked."""

    seen = None  # type: ignore[assignment]  # each enquiry has its own


class WaitOtherForm(RestForm):
    """Whom one waits for."""

    whom = TextField(
        label=gettext_lazy("Whom did you ask?"),
        help_text=gettext_lazy("A post or a body is enough. Say nothing to them of who asks."),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter whom you asked")},
    )
    field_order = ("seen", "once", "whom", "until", "reason")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["reason"].required = False
