"""What narrows the list of all cases; every part of it is in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.dates import DateLineField
from activity.fields import TextField
from activity.forms import OnceForm
from activity.saved.forms import name_field
from proposals.draft import seeking
from proposals.draft.models.proposal import Sector
from proposals.review.cases.offered import Offered
from proposals.review.cases.shelves import OPEN, SHELVES, Shelf

ME, NOBODY = "me", "nobody"
LATE, SOON = "late", "soon"
ORDER = ("show", "q", "status", "lead", "due", "sector", "department", "employer", "since", "until")


def _of_list(label: Any, anything: Any, said: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", anything), *choices],
        required=False,
        error_messages={"invalid_choice": said},
    )


class FilterForm(forms.Form):
    """The filters of one shelf. here: what the address says. offered: what tables offer.

    sought: what the index knows of the words, once it was asked.
    What cannot be read gets a sentence, is kept as it was typed, and narrows nothing.
    """

    mark_optional = False
    sought: dict[bool, seeking.Sought] | None = None

    show = forms.ChoiceField(
        choices=[(shelf.key, shelf.label) for shelf in SHELVES.values()],
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Choose open cases or the archive above the list")},
    )
    q = TextField(
        label=_("Words in what was submitted"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    status = forms.MultipleChoiceField(
        label=_("Status"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={
            "invalid_choice": _("Choose statuses from the list: one of the filters was not ours")
        },
    )
    sector = _of_list(
        _("Sector"), _("Any sector"), _("Choose a sector from the list"), Sector.choices
    )
    employer = TextField(
        label=_("Employer"),
        help_text=_("Part of its name, now or before"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    since = DateLineField(label=_("Submitted from"), help_text=_("Like 31 3 2027"), required=False)
    until = DateLineField(label=_("Submitted until"), latest=clock.today, required=False)

    def __init__(self, here: Any, offered: Offered) -> None:
        super().__init__(here)
        self.shelf: Shelf = SHELVES.get(here.get("show", ""), OPEN)
        status: Any = self.fields["status"]
        status.choices = [(each.value, each.label) for each in self.shelf.statuses]
        dues = [(LATE, _("Late")), (SOON, _("Due within 5 working days"))]
        self.fields |= {
            "department": _of_list(
                _("Department"),
                _("Any department"),
                _("Choose a department from the list"),
                offered.departments,
            ),
            "lead": _of_list(
                _("Who answers for it"),
                _("Anybody or nobody"),
                _("Choose from the list who answers for it"),
                [(ME, _("You")), (NOBODY, _("Nobody yet")), *offered.people],
            ),
            "due": _of_list(
                _("Due"),
                _("Any day"),
                _("Only open cases are late or due soon: choose any day"),
                dues if self.shelf == OPEN else [],
            ),
        }
        self.order_fields(ORDER)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first"))
        return cleaned

    def seek(self) -> None:
        """Ask the index for the words, or say why it is no help; a query, so no part of `clean`."""
        if words := self.cleaned_data.get("q"):
            try:
                self.sought = seeking.seek(words)
            except ValidationError as error:
                self.add_error("q", error)

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that can be read and narrow the list, by name."""
        return {
            name: self.cleaned_data[name]
            for name in self.fields
            if name != "show" and self.cleaned_data.get(name)
        }

    def label_of(self, name: str, code: str) -> str:
        """A choice of a filter in words."""
        field: Any = self.fields[name]
        return str(dict(field.choices)[code])


class ChangeViewForm(forms.Form):
    """What a saved view is called, and who may open it."""

    name = name_field(required=_("Enter a name, like “Late in the north”"))
    is_shared = forms.BooleanField(
        label=_("Share it with all reviewers and decision makers"),
        help_text=_(
            "If you share it, they read its name and filters, also the words you searched for, and "
            "that it is yours. Each sees only the cases that are open to them."
        ),
        required=False,
    )

    mark_optional = False


class SaveViewForm(ChangeViewForm, OnceForm):
    """A view to save."""
