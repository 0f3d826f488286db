"""The forms by which the register of bodies is kept."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.importing import MOST_BYTES, value_of
from accounts.models import (
    Nation,
    Organisation,
    OrganisationKind,
    contact_problems,
)
from activity import dates
from activity.employers import (
    NOT_LISTED,
    BodyField,
    EmployerAsked,
    EmployerField,
    EmployerWordsField,
)
from activity.fields import AddressField, DatePartsField, TextField
from activity.uploads import UploadField

SALT = "organisations.sheet"


class FilterForm(forms.Form):
    """What of the register is shown."""

    mark_optional = False
    q = TextField(label=_("Part of a name"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("All kinds")), *OrganisationKind.choices],
        required=False,
    )


class FileForm(forms.Form):
    """A file to bring in."""

    file = UploadField(
        label=_("CSV file"),
        help_text=_("With headings in its first row. At most 5,000 rows and 2 MB."),
        most=MOST_BYTES,
        accept=".csv",
    )

    def clean_file(self) -> bytes:
        content: bytes = self.cleaned_data["file"].read()
        return content


class SheetForm(forms.Form):
    """A file that was shown what it would do: its rows, sealed, and the mark of what was shown."""

    sheet = forms.CharField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def clean_sheet(self) -> bytes:
        try:
            text: str = signing.loads(self.cleaned_data["sheet"], salt=SALT)
        except signing.BadSignature as error:
            raise ValidationError(
                _("This page did not load whole. Choose the file again.")
            ) from error
        return text.encode("latin-1")


def sealed(content: bytes) -> str:
    """A file as a page carries it, so that nothing of it is kept with us before it is wanted."""
    return signing.dumps(content.decode("latin-1"), salt=SALT, compress=True)


class BodyForm(EmployerAsked):
    """One body of the register."""

    mark_optional = True
    named = ("successor_words", "successor", "")

    name = TextField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter its name")}
    )
    other_names = TextField(
        label=_("Names it had before, or goes by for short"),
        help_text=_("One on each line. It is found by them."),
        lines=True,
        rows=3,
        required=False,
        max_length=1_000,
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Choose one")), *OrganisationKind.choices],
        error_messages={"required": _("Choose what kind of body it is")},
    )
    nation = forms.ChoiceField(label=_("Where it is"), choices=Nation.choices, initial="england")
    department = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Department that answers for it"),
        to_field_name="slug",
        empty_label=_("None, or not known"),
        required=False,
    )
    mail_domains = TextField(
        label=_("Domains of its mail"),
        help_text=_(
            "One on each line, like trust.nhs.uk. We write nothing there to people whose employer "
            "must not know."
        ),
        lines=True,
        rows=3,
        required=False,
        max_length=1_000,
    )
    contact_post = TextField(
        label=_("Who answers there for the Right to Provide"),
        help_text=_("The name of the post, like “Head of people”, not of a person."),
        required=False,
        max_length=100,
    )
    contact_address = AddressField(
        label=_("E-mail address of that post"),
        help_text=_(
            "At one of the domains above. Proposals of its staff are told to this address at once."
        ),
        required=False,
    )
    starts_on = DatePartsField(label=_("It began on"), required=False)
    ends_on = DatePartsField(
        label=_("It ended on"),
        help_text=_("The first day without it. A body is never deleted."),
        required=False,
    )
    successor_words = EmployerWordsField(
        label=_("What took its place?"), help_text=_("Type part of the name of that body.")
    )
    successor = BodyField(label=_("The body that took its place"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, body: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        departments = Organisation.objects.listed().filter(kind=OrganisationKind.DEPARTMENT)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]

    def _lines(self, name: str, column: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        try:
            found: list[str] = value_of(column, " | ".join(lines)) if lines else []
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return found

    def clean_other_names(self) -> list[str]:
        return self._lines("other_names", "other_names")

    def clean_mail_domains(self) -> list[str]:
        return self._lines("mail_domains", "mail_domains")

    def clean_successor(self) -> Organisation | None:
        chosen = self.cleaned_data["successor"]
        return None if chosen == NOT_LISTED else chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_contact(cleaned)
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("The end must be after the beginning"))
        successor = cleaned.get("successor")
        if successor and not ends and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Enter when it ended: another took its place"))
        if successor and self.body and _leads_back(successor, self.body):
            self.add_error("successor", _("That body was succeeded by this one: choose another"))
        return cleaned

    def _clean_contact(self, cleaned: dict[str, Any]) -> None:
        asked = ("contact_post", "contact_address", "mail_domains")
        if self.errors.keys().isdisjoint(asked):
            post, address, domains = (cleaned[name] for name in asked)
            for name, words in contact_problems(post, address, domains).items():
                self.add_error(name, words)

    def values(self) -> dict[str, Any]:
        """The columns of the body, and the mark of what the page showed of it."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "successor_words"
        }

    def others(self, now: Organisation) -> list[tuple[str, str]]:
        """What the register says by now where it is not what was typed here: label and words."""
        typed = self.values() | {"seen": None}
        return [
            (str(self.fields[name].label), _in_words(now, name))
            for name in body_values(now)
            if typed[name] != getattr(now, name)
        ]


def _leads_back(successor: Organisation, body: Organisation) -> bool:
    """Whether the successors of a body lead to another one, or in a ring."""
    passed: set[int] = set()
    each: Organisation | None = successor
    while each is not None and each.pk not in passed:
        if each.pk == body.pk:
            return True
        passed.add(each.pk)
        each = each.successor
    return False


def _in_words(body: Organisation, column: str) -> str:
    """One value of a body as its reader sees it."""
    value = getattr(body, column)
    if isinstance(value, datetime.date):
        return dates.in_words(value)
    if isinstance(value, list):
        return ", ".join(value) or str(_("Nothing"))
    shown = getattr(body, f"get_{column}_display", lambda: value)()
    return str(shown or _("Nothing"))


def body_values(body: Organisation) -> dict[str, Any]:
    """What the form of a body shows at first."""
    day: datetime.date | None = body.ends_on
    return {
        "name": body.name,
        "other_names": "\n".join(body.other_names),
        "kind": "" if body.is_awaited else body.kind,
        "nation": body.nation,
        "department": body.department.slug if body.department else "",
        "mail_domains": "\n".join(body.mail_domains),
        "contact_post": body.contact_post,
        "contact_address": body.contact_address,
        "starts_on": body.starts_on,
        "ends_on": day,
        "successor": body.successor.slug if body.successor else "",
    }


class SameField(EmployerField):
    """A body of the register that a typed name means."""

    otherwise = _("None: it is no public body, or we cannot tell")


class SameForm(EmployerAsked):
    """Which body a typed name means."""

    mark_optional = False
    named = ("same_words", "same", "")
    same_words = EmployerWordsField(
        label=_("Which body do they mean?"), help_text=_("Type part of its name in the register.")
    )
    same = SameField(label=_("The body that they mean"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["same"].required = not self.asks_on()
