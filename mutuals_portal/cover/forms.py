"""The forms of time away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity import clock
from activity.dates import DatePartsField
from activity.fields import PersonField

# Nobody plans further ahead, and a year typed wrong is found.
FURTHEST_DAYS = 731


def _stand_in(nobody: Any = None) -> PersonField:
    """Who stands in. nobody: how it is said that nobody is asked yet, where that may be."""
    return PersonField(
        label=gettext_lazy("Who stands in for you?"),
        help_text=gettext_lazy("Somebody with your role in your organisation. They are asked."),
        missing=gettext_lazy("Choose who is to stand in"),
        not_offered=gettext_lazy("Choose one of these; others cannot stand in"),
        nobody=nobody,
    )


class _StandInForm(forms.Form):
    """A form with `stand_in`. people: among whom one is chosen."""

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = people  # type: ignore[attr-defined]  # a choice of models


class AwayForm(_StandInForm):
    """From when until when somebody is away, and who stands in."""

    mark_optional = False

    starts_on = DatePartsField(
        label=gettext_lazy("First day away"),
        earliest=clock.today,
        error_messages={"required": gettext_lazy("Enter the first day on which you are away")},
    )
    ends_on = DatePartsField(
        label=gettext_lazy("Last day away"),
        earliest=clock.today,
        error_messages={"required": gettext_lazy("Enter the last day on which you are away")},
    )
    stand_in = _stand_in(nobody=gettext_lazy("Nobody for now"))

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards or are years away."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            said = _("The last day away must be the first, or a later one")
            self.add_error("ends_on", ValidationError(said))
        elif last and (last - clock.today()).days > FURTHEST_DAYS:
            self.add_error("ends_on", ValidationError(_("Enter a day within the next two years")))
        return cleaned


class AskForm(_StandInForm):
    """Whom to ask instead."""

    heading_field = "stand_in"

    stand_in = _stand_in()


AGREES, REFUSES = "agrees", "refuses"


class AnswerForm(forms.Form):
    """Whether somebody stands in for a colleague."""

    heading_field = "reply"

    reply = forms.ChoiceField(
        choices=[
            (AGREES, gettext_lazy("Yes, I stand in")),
            (REFUSES, gettext_lazy("No, I cannot")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether you stand in"),
            "invalid_choice": gettext_lazy("Say whether you stand in"),
        },
    )

    def __init__(self, *args: Any, who: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply"].label = _("Do you stand in for %(who)s?") % {"who": who}
