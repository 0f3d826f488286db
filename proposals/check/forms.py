"""The questions of the check, one a page."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity.employers import (
    NOT_LISTED,
    EmployerAsked,
    EmployerField,
    EmployerNameField,
    EmployerWordsField,
)
from proposals.check import scope
from proposals.draft.topics.service import LimitsForm, NameForm

YES_NO_NOT_SURE = [(scope.YES, _("Yes")), (scope.NO, _("No")), (scope.NOT_SURE, _("Not sure"))]


def one_of(label: Any, hint: Any, choices: list[tuple[str, Any]], required: Any) -> forms.Field:
    """A question with a few answers."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), required),
    )


class QuestionForm(forms.Form):
    """One question; its field is named as the question is."""

    mark_optional = False
    heading_field = ""

    def asks_on(self) -> bool:
        """Whether the question is asked once more, with what was found."""
        return False

    def answers(self) -> dict[str, str]:
        """What was answered, as the check keeps it."""
        return {name: str(value or "") for name, value in self.cleaned_data.items()}


class WhoForm(QuestionForm):
    heading_field = "who"
    who = one_of(
        _("Which of these are you?"),
        "",
        [
            (scope.STAFF, _("I work in the public service that would become a mutual")),
            (scope.MANAGER, _("I manage or buy the service")),
            (scope.OTHER, _("I use the service, or I am asking for somebody else")),
        ],
        _("Choose which of these you are"),
    )


class ServiceForm(QuestionForm):
    heading_field = "service"
    service = deepcopy(NameForm.base_fields["S3"])
    service.label = _("Which service is it?")


class EmployerForm(EmployerAsked, QuestionForm):
    heading_field = "employer_words"
    employer_words = EmployerWordsField()
    employer = EmployerField()
    employer_name = EmployerNameField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].required = not self.asks_on()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unlisted = cleaned.get("employer") == NOT_LISTED
        if unlisted and not cleaned.get("employer_name") and not self.errors and not self.asks_on():
            words = self.fields["employer_name"].error_messages["required"]
            self.add_error("employer_name", ValidationError(words))
        return cleaned

    def answers(self) -> dict[str, str]:
        """The body's slug, kind and department; of one that is not listed, its name alone."""
        typed = self.cleaned_data
        found = {"employer_words": typed["employer_words"]}
        body = typed["employer"]
        if isinstance(body, Organisation):
            return found | {
                "employer": body.slug,
                "employer_title": body.name,
                "employer_kind": body.kind,
                "employer_of": body.department.slug if body.department else "",
            }
        return found | {"employer": body or "", "employer_name": typed["employer_name"]}


class PublicForm(QuestionForm):
    heading_field = "public"
    public = one_of(
        _("Is your employer part of the public sector?"),
        _("For example the NHS, a council, a college, a prison or a government department."),
        [
            (scope.YES, _("Yes")),
            (scope.NO, _("No, it is a company, a charity or something else")),
            (scope.NOT_SURE, _("Not sure")),
        ],
        _("Choose yes, no or not sure"),
    )


class LimitsQuestionForm(QuestionForm):
    heading_field = "limits"
    limits = deepcopy(LimitsForm.base_fields["S10"])
    limits.help_text = _(
        "These services may not be covered. Answer for the service as a whole: we do not ask which "
        "part, and you should never type anything secret."
    )


class ControlForm(QuestionForm):
    heading_field = "control"
    control = one_of(
        _("Who would control the new organisation?"),
        _("You do not need a legal form yet. It is about who has the last word."),
        [
            (scope.MEMBERS, _("Its members: staff, people who use the service, or both")),
            (scope.OUTSIDE, _("An owner, company or investor from outside")),
            (scope.UNDECIDED, _("We have not decided")),
        ],
        _("Choose who would control it"),
    )


class TestsForm(QuestionForm):
    heading_field = "tests"
    tests = one_of(
        _("Could you do it for less public money, at least as well as now?"),
        _("Compare it with what the service would cost if it stayed where it is."),
        [
            (scope.YES, _("Yes, we think so")),
            (scope.NO, _("No, it would cost more or be less good")),
            (scope.NOT_SURE, _("We do not know yet")),
        ],
        _("Choose yes, no or that you do not know yet"),
    )


class BegunForm(QuestionForm):
    heading_field = "begun"
    begun = one_of(
        _("Has your employer already begun something else with this service?"),
        "",
        [
            (scope.NOTHING, _("No")),
            (scope.STOPPED, _("Yes, it has decided to stop the service")),
            (scope.TENDER, _("Yes, a tender or talks with another provider have begun")),
            (scope.NOT_SURE, _("Not sure")),
        ],
        _("Choose what your employer has begun, or not sure"),
    )


FORMS: dict[str, type[QuestionForm]] = {
    "who": WhoForm,
    "service": ServiceForm,
    "employer": EmployerForm,
    "public": PublicForm,
    "limits": LimitsQuestionForm,
    "control": ControlForm,
    "tests": TestsForm,
    "begun": BegunForm,
}
