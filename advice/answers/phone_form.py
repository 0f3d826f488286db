"""A phone note: who rang, when, how long, what was said."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity import clock
from activity.dates import DateLineField, in_words, time_in_words
from activity.fields import TextField, WholeNumberField, clean_text
from activity.forms import OnceForm
from activity.worktime import UK
from advice.intake.models import Rang
from advice.intake.models.phone import LONGEST
from advice.intake.reaching_form import INLINE

WORDS = 1000


class HourField(forms.TimeField):
    """A time of day as people write it: 2:15pm, 2.15 PM, 2pm, 14:15."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"})
    input_formats = ["%H:%M", "%I:%M%p", "%I%p"]
    default_error_messages = {
        "required": gettext_lazy("Enter a time, like 2:15pm"),
        "invalid": gettext_lazy("Enter a time, like 2:15pm"),
    }

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = clean_text(value).replace(" ", "").replace(".", ":")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """A time of the record in words; what was typed stays as it was typed."""
        return time_in_words(value) if isinstance(value, datetime.time) else value


class PhoneNoteForm(OnceForm):
    """A call that we had, or tried."""

    mark_optional = False

    rang = forms.TypedChoiceField(
        label=gettext_lazy("Who rang?"),
        choices=Rang.choices,
        coerce=Rang,
        initial=Rang.WE,
        widget=forms.RadioSelect(attrs=INLINE),
        error_messages={"required": gettext_lazy("Choose who rang")},
    )
    reached = forms.TypedChoiceField(
        label=gettext_lazy("Did you speak to them?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect(attrs=INLINE),
        error_messages={"required": gettext_lazy("Choose whether you spoke to them")},
    )
    day = DateLineField(label=gettext_lazy("On which day?"), latest=clock.today)
    time = HourField(label=gettext_lazy("When did it begin?"))
    minutes = WholeNumberField(
        label=gettext_lazy("How many minutes?"), min_value=0, max_value=LONGEST, required=False
    )
    words = TextField(
        label=gettext_lazy("What was said?"),
        help_text=gettext_lazy("If nobody answered, it may stay empty."),
        lines=True,
        rows=8,
        words=WORDS,
        required=False,
    )

    def __init__(self, data: Any = None) -> None:
        now = timezone.localtime(clock.now())
        at = now.time().replace(second=0, microsecond=0)
        super().__init__(data, initial={"day": in_words(now.date()), "time": at})

    def clean(self) -> dict[str, Any]:
        """The moment as `began_at`; what a call that was had needs."""
        cleaned = super().clean() or self.cleaned_data
        day, time = cleaned.pop("day", None), cleaned.pop("time", None)
        if day and time:
            cleaned["began_at"] = datetime.datetime.combine(day, time, UK).astimezone(datetime.UTC)
            if cleaned["began_at"] > clock.now():
                self.add_error("time", _("A call cannot begin later than now"))
        if cleaned.get("reached") is False and cleaned.get("rang") == Rang.THEY:
            self.add_error("reached", _("Choose yes: whoever rings us speaks to us"))
        if cleaned.get("reached") and "words" in cleaned and not cleaned["words"]:
            self.add_error("words", _("Write what was said"))
        if cleaned.get("reached") and "minutes" in cleaned and not cleaned["minutes"]:
            self.add_error("minutes", _("Enter how many minutes, as a whole number, like 5"))
        cleaned["minutes"] = cleaned.get("minutes") or 0
        return cleaned
