"""The name and the employer: asked in the draft, and before there is one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity import clock
from activity.fields import TextField


class EmployerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable
    """An organisation whose staff may propose, by its slug. Asked anew each time: bodies end."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Organisation.objects.none(), to_field_name="slug", **options)

    def __deepcopy__(self, memo: dict[int, Any]) -> EmployerField:
        own: EmployerField = super().__deepcopy__(memo)  # type: ignore[misc]  # of Field
        own.queryset = Organisation.objects.employers().in_being(clock.today())
        return own

    def words(self, typed: str) -> str:
        """A stored answer in words: the body's name, though it ended since, or what was typed."""
        body = Organisation.objects.filter(slug=typed).first() if typed else None
        return str(body) if body else typed


def employer_field() -> EmployerField:
    """A choice from the register of organisations, by name; those that ended are left out."""
    return EmployerField(
        label=_("Which organisation do you work for now?"),
        help_text=_(
            "Choose your trust, council, college, prison or department. "
            "If it is not in the list, ask the advice line to add it."
        ),
        empty_label=_("Choose one"),
        error_messages={
            "required": _("Choose the organisation you work for"),
            "invalid_choice": _("Choose an organisation from the list"),
        },
    )


def name_field() -> TextField:
    """The working name of a proposal."""
    return TextField(
        max_length=100,
        min_length=3,
        label=_("What is the working name of your proposal?"),
        help_text=_("You can change this later. It does not need to be a company name."),
        error_messages={
            "required": _("Enter a working name"),
            "min_length": _("Enter a working name of at least 3 letters"),
        },
    )
