"""What the figures are asked for: what their rows are, and whole months. All of it is in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from activity.figures.months import Months, MonthsForm
from advice.figures.models import By


@dataclass(frozen=True)
class Chosen(Months):
    """Which months, and what the rows are."""

    by: By

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """What was chosen, with its name."""
        return [(str(_("Shown by")), str(self.by.label)), *self.ends_in_words]


class FilterForm(MonthsForm):
    """No provider, no topic and no day can be chosen alone: everybody reads the same numbers."""

    by = forms.ChoiceField(
        label=_("Show by"),
        choices=By.choices,
        required=False,
        error_messages={"invalid_choice": _("Choose what to show by from the list")},
    )
    field_order = ("by", "since", "until")

    @property
    def chosen(self) -> Chosen:
        """What was chosen: by month, of a year of months, where nothing was."""
        by = By(self.cleaned_data.get("by") or By.MONTH)
        return Chosen(by=by, first=self.first, last=self.last)
