"""What a GOV.UK component needs to know of a form field: its official options as a dictionary."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from activity.fields import DatePartsWidget, WordLimit
from activity.grids import GridWidget
from activity.rows import ProductField, RowsWidget, at
from mutuals_portal.components import draw, escaped
from mutuals_portal.grids import grid
from mutuals_portal.problems import cell_errors, general_errors, paragraph, wrong_parts

Options = dict[str, Any]

# What Django adds to a widget that a GOV.UK field does without: its own hint ids, the browser's
# bubbles, and limits that cut a paste in silence.
LEFT_OUT = {
    *("required", "autofocus", "aria-describedby", "aria-invalid"),
    *("maxlength", "minlength", "min", "max", "step", "class", "id", "rows", "cols"),
}
# A line that may have more letters than this is too long for a box in a table.
LONG_LINE = 100
OFFICIAL = {"autocomplete", "inputmode", "spellcheck", "autocapitalize", "pattern", "disabled"}


def draw_field(field: BoundField) -> SafeString:
    """One form field: label, hint, error and input."""
    return draw(*component(field))


def component(field: BoundField) -> tuple[str, Options]:
    """The component that draws this field and the options to draw it with."""
    widget = field.field.widget
    for kind, name, build in KINDS:
        if isinstance(widget, kind):
            options = common(field) | build(field)
            return options.pop("component", name), options
    raise TypeError(f"No component draws {type(widget).__name__} ({field.html_name}).")


def common(field: BoundField) -> Options:
    """The options that every kind of field has."""
    attrs = field.field.widget.attrs
    options: Options = {
        "id": id_of(field),
        "name": field.html_name,
        "classes": attrs.get("class", ""),
        "attributes": {k: v for k, v in attrs.items() if k not in LEFT_OUT | OFFICIAL},
        **{k: v for k, v in attrs.items() if k in OFFICIAL},
    }
    if field.field.disabled:
        options["disabled"] = True
    if field.help_text:
        options["hint"] = {"html": linebreaksbr(str(field.help_text))}
    if field.errors:
        options["errorMessage"] = {"text": paragraph(field)}
    return options


def id_of(field: BoundField) -> str:
    """The id of the field's input, or of its first."""
    return field.auto_id or field.html_name


def is_heading(field: BoundField) -> bool:
    """Whether this field's question is the page's h1: the form says so in `heading_field`."""
    return getattr(field.form, "heading_field", None) == field.name


def question(field: BoundField, sized: str) -> Options:
    """What a field asks, as its label or its legend. sized: their class, up to the size."""
    text = field.label
    if not field.field.required and getattr(field.form, "mark_optional", True):
        text = _("%(label)s (optional)") % {"label": text}
    heading = is_heading(field)
    # s, m, l or xl
    size = getattr(field.field, "label_size", "l" if heading else "s")
    hidden = getattr(field.field, "label_hidden", False)
    classes = "govuk-visually-hidden" if hidden else f"{sized}{size}"
    return {"text": text, "isPageHeading": heading, "classes": classes}


def label(field: BoundField) -> Options:
    """The label of a field that has one input."""
    return question(field, "govuk-label--")


def legend(field: BoundField) -> Options:
    """The legend of a field that has several inputs."""
    return {"legend": question(field, "govuk-fieldset__legend--")}


def value_of(field: BoundField) -> str:
    """What the input shows: what was typed, else what is kept."""
    shown = field.field.widget.format_value(field.value())
    return "" if shown is None else str(shown)


def text_input(field: BoundField) -> Options:
    widget = field.field.widget
    options: Options = {"label": label(field), "value": value_of(field)}
    kind = getattr(widget, "input_type", "text")
    if kind == "number":
        # A number box changes on a scroll and refuses commas: GOV.UK asks for text with digits.
        broken = isinstance(field.field, forms.DecimalField | forms.FloatField)
        options["inputmode"] = "decimal" if broken else "numeric"
        kind = "text"
    options["type"] = kind
    if kind == "email":
        options["spellcheck"] = False
        options.setdefault("autocomplete", widget.attrs.get("autocomplete", "email"))
    for affix in ("prefix", "suffix"):
        text = getattr(field.field, affix, None)
        if text:
            options[affix] = {"text": text}
    return options


def password(field: BoundField) -> Options:
    return {"label": label(field)}


def textarea(field: BoundField) -> Options:
    options = {
        "label": label(field),
        "value": value_of(field),
        "rows": field.field.widget.attrs.get("rows", 5),
    }
    limits = [v.limit for v in field.field.validators if isinstance(v, WordLimit)]
    if limits:
        options |= {"component": "character-count", "maxlength": min(limits), "countType": "words"}
    elif limit := getattr(field.field, "limit", None):
        options |= {"component": "character-count", "maxlength": limit}
    return options


def choices(field: BoundField, mark: str = "checked") -> Iterator[Options]:
    """The choices of a select, radios or checkboxes with what is chosen, and their hints.

    mark: the option that says that one is chosen.
    """
    widget = field.field.widget
    hints = getattr(field.field, "choice_hints", {})
    reveals = getattr(field.field, "reveals", {})
    for _group, options, _index in widget.optgroups(
        field.html_name, widget.format_value(field.value())
    ):
        for option in options:
            value = str(option["value"])
            item: Options = {
                "value": value,
                "text": option["label"],
                "disabled": option["attrs"].get("disabled"),
                mark: option["selected"],
            }
            if value in hints:
                item["hint"] = {"text": hints[value]}
            if value in reveals:
                drawn = [draw_field(field.form[name]) for name in reveals[value]]
                item["conditional"] = {"html": escaped(*drawn)}
            yield item


def select(field: BoundField) -> Options:
    return {"label": label(field), "items": list(choices(field, "selected"))}


def several(field: BoundField) -> Options:
    """Radios or checkboxes. The first has the field's own id, where the summary's link lands."""
    return {"idPrefix": id_of(field), "fieldset": legend(field), "items": list(choices(field))}


def one_checkbox(field: BoundField) -> Options:
    """A single yes: its label stands beside the box, so there is no legend."""
    checked = field.field.widget.check_test(field.value())
    item = {"value": "on", "text": field.label, "checked": checked}
    return {"idPrefix": id_of(field), "items": [item]}


def date_parts(field: BoundField) -> Options:
    """Day, month and year; the boxes that the error names are marked."""
    typed = field.field.widget.format_value(field.value())
    autocomplete = field.field.widget.attrs.get("autocomplete")
    wrong = wrong_parts(field)
    names = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    items = [
        {
            "name": part,
            "label": name,
            "value": getattr(typed, part),
            "error": part in wrong,
            "autocomplete": f"{autocomplete}-{part}" if autocomplete else None,
        }
        for part, name in names.items()
    ]
    return {"namePrefix": field.html_name, "fieldset": legend(field), "items": items}


def rows(field: BoundField) -> Options:
    """A table to fill in: its columns, and each row with its cells."""
    asked: Any = field.field
    typed = field.value() or []
    count = min(max(len(typed), asked.show), max(len(typed), asked.most))
    wrong = cell_errors(field)
    heading = is_heading(field)
    options: Options = {
        "label": field.label,
        "isPageHeading": heading,
        "size": "l" if heading else "m",
        "columns": [
            {"label": column.label, "optional": is_optional(column)}
            for column in asked.columns.values()
        ],
        "rows": [
            _row(field, number, typed[number - 1] if number <= len(typed) else {}, wrong)
            for number in range(1, count + 1)
        ],
        "lists": [
            {"id": f"{id_of(field)}-{key}-list", "offers": list(column.widget.offers())}
            for key, column in asked.columns.items()
            if hasattr(column.widget, "offers")
        ],
        "most": asked.most,
        "full": count >= asked.most,
        "called": asked.called,
        "cards": bool(asked.groups),
        "starters": [
            {"key": key, "label": next(iter(starter.values()))}
            for key, starter in asked.starters.items()
            if not any(next(iter(starter.values())) in row.values() for row in typed)
        ],
    }
    if field.help_text:
        options["hint"] = field.help_text
    # What is said of one cell stands beside it.
    general = " ".join(general_errors(field))
    return options | {"errorMessage": general}


def _row(field: BoundField, number: int, typed: dict[str, str], wrong: dict[str, str]) -> Options:
    asked: Any = field.field
    cells = [
        _cell(field, number, key, column, in_cell(column, typed, key), wrong)
        for key, column in asked.columns.items()
    ]
    groups = [
        (heading, [cell for cell in cells if cell["key"] in keys]) for heading, keys in asked.groups
    ]
    shown: Options = {"number": number, "removable": any(typed.values())}
    return shown | {"cells": cells, "groups": groups}


def _cell(
    field: BoundField, number: int, key: str, column: Any, value: str, wrong: dict[str, str]
) -> Options:
    asked: Any = field.field
    place = at(number, key)
    id_ = f"{id_of(field)}-{place}"
    # In a card the label and the hint of a cell stand beside it.
    beside = [f"{id_}-hint"] if asked.groups and column.help_text else []
    named = _("%(column)s, row %(row)d") % {"column": column.label, "row": number}
    if isinstance(column, ProductField):
        factors = [f"{id_of(field)}-{at(number, factor)}" for factor in column.factors]
        works = {"id": id_, "named": named, "factors": " ".join(factors), "value": value}
        return {"key": key, "column": column.label, "works": works}
    options: Options = {
        "key": key,
        "id": id_,
        "named": "" if asked.groups else named,
        "described": " ".join([*beside, *([f"{id_}-error"] if place in wrong else [])]),
        "name": f"{field.html_name}-{place}",
        "hint": column.help_text,
        "wide": (getattr(column, "limit", 0) or 0) >= LONG_LINE,
        "optional": is_optional(column),
        "column": column.label,
        "value": value,
        "error": wrong.get(place, ""),
        "prefix": getattr(column, "prefix", ""),
        "suffix": getattr(column, "suffix", ""),
        "inputmode": column.widget.attrs.get("inputmode", ""),
        "classes": column.widget.attrs.get("class", ""),
    }
    if isinstance(column, forms.ChoiceField):
        choices: Any = column.choices
        options["choices"] = [
            {"value": str(code), "text": words, "selected": str(code) == value}
            for code, words in choices
        ]
    elif (
        isinstance(column.widget, forms.Textarea) or (getattr(column, "limit", 0) or 0) > LONG_LINE
    ):
        options["lines"] = column.widget.attrs.get("rows", 2)
    if hasattr(column.widget, "offers"):
        options["list"] = f"{id_of(field)}-{key}-list"
    return options


def in_cell(column: forms.Field, typed: dict[str, str], key: str) -> str:
    """What stands in a cell: what was typed, or what the row comes to."""
    return column.of(typed) if isinstance(column, ProductField) else typed.get(key, "")


def is_optional(column: forms.Field) -> bool:
    """Whether somebody may leave a column of a row empty."""
    return not column.required and not isinstance(column, ProductField)


def one_grid(field: BoundField) -> Options:
    """A grid that is a table of its own."""
    return grid([field])


def file_upload(field: BoundField) -> Options:
    return {
        "label": label(field),
        "multiple": getattr(field.field.widget, "allow_multiple_selected", False),
        # Files can be dropped on it, too; without JavaScript it is the browser's own.
        "javascript": True,
    }


KINDS: tuple[tuple[type[forms.Widget], str, Any], ...] = (
    (DatePartsWidget, "date-input", date_parts),
    (RowsWidget, "rows", rows),
    (GridWidget, "grid", one_grid),
    (forms.CheckboxSelectMultiple, "checkboxes", several),
    (forms.RadioSelect, "radios", several),
    (forms.CheckboxInput, "checkboxes", one_checkbox),
    (forms.Select, "select", select),
    (forms.Textarea, "textarea", textarea),
    (forms.PasswordInput, "password-input", password),
    (forms.FileInput, "file-upload", file_upload),
    (forms.widgets.Input, "input", text_input),
)


def shown_fields(form: forms.BaseForm) -> list[BoundField]:
    """The visible fields that are not drawn under a choice that reveals them."""
    hidden = {
        name
        for field in form.fields.values()
        for names in getattr(field, "reveals", {}).values()
        for name in names
    }
    return [field for field in form.visible_fields() if field.name not in hidden]
