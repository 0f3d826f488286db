"""What narrows the figures: a department, a sector, and whole months. All of it is in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity.figures.months import Months, MonthsForm, of_list
from proposals.draft.models.proposal import Sector


@dataclass(frozen=True)
class Chosen(Months):
    """Which cases, and which months. department: None for all; sector: "" for all."""

    department: Organisation | None
    sector: str

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """What the figures are narrowed by, with its name."""
        department = self.department.name if self.department else _("All departments")
        sector = Sector(self.sector).label if self.sector else _("all sectors")
        return [
            (str(_("Department")), str(department)),
            (str(_("Sector")), str(sector)),
            *self.ends_in_words,
        ]


class FilterForm(MonthsForm):
    """Which cases, and which months. What cannot be read gets a sentence, and narrows nothing.

    No day can be chosen, and nothing but these: a smaller group than a month of one sector of one
    department is in no table.
    """

    department = of_list(
        _("Department"), _("All departments"), _("Choose a department from the list")
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("All sectors")), *Sector.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose a sector from the list")},
    )
    field_order = ("department", "sector", "since", "until")

    def __init__(self, here: Any, departments: list[Organisation]) -> None:
        super().__init__(here)
        self.departments = {body.slug: body for body in departments}
        fields: Any = self.fields
        fields["department"].choices += [(body.slug, body.name) for body in departments]

    @property
    def chosen(self) -> Chosen:
        """What was chosen; where no month was, a year of months up to the last, or to this one."""
        return Chosen(
            department=self.departments.get(self.cleaned_data.get("department", "")),
            sector=self.cleaned_data.get("sector", ""),
            first=self.first,
            last=self.last,
        )
