"""Forms of mentoring: an offer and its answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activity.fields import TextField
from activity.forms import SeenForm
from pathfinders.mentoring.models import Mentor, Reason
from pathfinders.register.models import Pathfinder

COORDINATORS_READ_IT = gettext_lazy("Coordinators alone read this. The other side does not.")


class OfferForm(SeenForm):
    """Which mentor, and why this one."""

    def __init__(
        self, data: QueryDict | None = None, *, pathfinder: Pathfinder, mentors: list[Mentor]
    ) -> None:
        super().__init__(data, initial={"seen": pathfinder.revision})
        self.mentors = {mentor.slug: mentor for mentor in mentors}
        field = forms.ChoiceField(
            label=_("Which mentor?"),
            choices=[(mentor.slug, mentor.name) for mentor in mentors],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose a mentor"),
                "invalid_choice": _("Choose a mentor from the list"),
            },
        )
        field.choice_hints = {mentor.slug: hint(mentor) for mentor in mentors}  # type: ignore[attr-defined]
        self.fields["mentor"] = field
        self.fields["why"] = TextField(
            label=_("Why do you suggest this match?"),
            help_text=_("Both sides read this."),
            lines=True,
            rows=3,
            max_length=500,
            error_messages={"required": _("Enter why you suggest this match")},
        )

    def clean_mentor(self) -> Mentor:
        """The mentor chosen."""
        return self.mentors[self.cleaned_data["mentor"]]


def hint(mentor: Any) -> str:
    """Seats, and what a mentor can help with, under its name. Read with_seats and with_answerer."""
    seats = ngettext(
        "%(free)d of %(in_all)d seat free.",
        "%(free)d of %(in_all)d seats free.",
        mentor.seats_in_all,
    ) % {"free": mentor.seats_free, "in_all": mentor.seats_in_all}
    useful = mentor.useful_for or _("What it can help with is not known.")
    nobody = "" if mentor.is_answered_for else _("Nobody is here to answer for it yet.")
    return " ".join(filter(None, [seats, useful, nobody]))


class DeclineForm(SeenForm):
    """Why not; not to say is an answer."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you decline?"),
        help_text=COORDINATORS_READ_IT,
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a reason. You need not say more.")},
    )
    words = TextField(
        label=gettext_lazy("Anything that helps to find a better match"),
        help_text=COORDINATORS_READ_IT,
        lines=True,
        rows=3,
        max_length=500,
        required=False,
    )


class WithdrawForm(SeenForm):
    """Why the offer is taken back."""

    reason = TextField(
        label=gettext_lazy("Why do you take it back?"),
        help_text=gettext_lazy("Coordinators alone read this."),
        lines=True,
        rows=3,
        max_length=500,
        error_messages={"required": gettext_lazy("Enter why you take it back")},
    )
