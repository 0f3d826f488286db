"""What is wrong with a form, in sentences that say what to do, and where on the page it is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity.fields import DatePartsWidget

# Sentences for what Django's own fields refuse without saying what to do. A field's own
# `error_messages` always come first: they can name the thing.
CHOOSE = _("Choose one of the answers")
BY_FIELD: list[tuple[type[forms.Field], dict[str, str | Promise]]] = [
    (forms.BooleanField, {"required": _("Tick the box to go on")}),
    (forms.MultipleChoiceField, {"required": _("Choose at least one"), "invalid_choice": CHOOSE}),
    (forms.ModelMultipleChoiceField, {"required": _("Choose at least one")}),
    (forms.ChoiceField, {"required": CHOOSE, "invalid_choice": CHOOSE}),
    (forms.ModelChoiceField, {"required": CHOOSE, "invalid_choice": CHOOSE}),
    (forms.FileField, {"required": _("Choose a file"), "empty": _("The file is empty")}),
    (
        forms.EmailField,
        {
            "required": _("Enter an e-mail address"),
            "invalid": _("Enter an e-mail address like name@example.org"),
        },
    ),
    (forms.IntegerField, {"required": _("Enter a whole number, like 42")}),
    (forms.Field, {"required": _("Enter an answer")}),
]
# Passwords are refused by several rules, each with a code of its own.
BY_CODE: dict[str | None, str | Promise] = {
    "password_too_short": _("Use at least 10 characters"),
    "password_too_common": _("Choose a password that is harder to guess"),
    "password_too_similar": _("Choose a password that is not like your name or your address"),
    "password_entirely_numeric": _("Use letters too, not only numbers"),
}
# What Django says by itself, to tell it from a sentence that a form gave its field.
DJANGO_SAYS: Sequence[str | Promise] = [
    field.default_error_messages[code]
    for field, ours in BY_FIELD
    for code in ours
    if code in field.default_error_messages
] + [validators.validate_email.message]


def sentences(field: BoundField) -> list[str]:
    """Each problem of a field as a sentence."""
    problems = field.form.errors.as_data().get(field.name, [])
    return [_sentence(field.field, problem) for problem in problems]


def paragraph(field: BoundField) -> str:
    """All problems of a field, as they stand beside it."""
    said = sentences(field)
    return said[0] if len(said) == 1 else " ".join(f"{text.removesuffix('.')}." for text in said)


def _sentence(field: forms.Field, problem: ValidationError) -> str:
    if problem.code in BY_CODE:
        return str(BY_CODE[problem.code])
    said = " ".join(problem.messages)
    if any(str(problem.message) == str(default) for default in DJANGO_SAYS):
        for kind, ours in BY_FIELD:
            if isinstance(field, kind) and problem.code in ours:
                return str(ours[problem.code])
    return said.removesuffix(".") if said.count(". ") == 0 else said


def wrong_parts(field: BoundField) -> list[str]:
    """The parts of a date that its first problem names; all of them when it names none."""
    problems = field.form.errors.as_data().get(field.name, [])
    if not problems:
        return []
    return list((problems[0].params or {}).get("parts", ("day", "month", "year")))


def cell_errors(field: BoundField) -> dict[str, str]:
    """What is wrong with cells of a table: the end of the cell's id -> its first problem."""
    found: dict[str, str] = {}
    for problem in field.form.errors.as_data().get(field.name, []):
        if place := (problem.params or {}).get("at"):
            found.setdefault(place, _sentence(field.field, problem))
    return found


def general_errors(field: BoundField) -> list[str]:
    """What is wrong with a table as a whole."""
    problems = field.form.errors.as_data().get(field.name, [])
    return [_sentence(field.field, each) for each in problems if not (each.params or {}).get("at")]


def target(field: BoundField, problem: ValidationError | None = None) -> str:
    """The id that the error summary links to: the very input that is wrong."""
    id_ = field.auto_id or field.html_name
    if problem and (place := (problem.params or {}).get("at")):
        return f"{id_}-{place}"
    if isinstance(field.field.widget, DatePartsWidget):
        return f"{id_}-{(wrong_parts(field) or ['day'])[0]}"
    return id_


def error_list(form: forms.BaseForm) -> list[dict[str, Any]]:
    """The entries of the error summary for one form, in the order of its fields."""
    entries: list[dict[str, Any]] = [{"text": text} for text in form.non_field_errors()]
    for field in form:
        for problem in form.errors.as_data().get(field.name, []):
            href = None if field.is_hidden else f"#{target(field, problem)}"
            entries.append({"text": _sentence(field.field, problem), "href": href})
    return entries
