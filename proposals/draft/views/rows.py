"""The buttons of a table: a row more, a row less. Both save what was typed."""

from __future__ import annotations

import re

from activity.rows import RowsField, RowsWidget
from proposals.draft.questions import PageForm

PRESSED = re.compile(r"(add|remove)-(\w+?)(?:-([0-9]{1,4}))?")


def pressed(form: PageForm, then: str) -> tuple[PageForm, str]:
    """The form after a button of one of its tables, and where on its page to go on.

    then: the value of the button. Any other button leaves the form as it is, and leads nowhere: "".
    """
    found = PRESSED.fullmatch(then)
    field = form.fields.get(found[2]) if found else None
    if found is None or not isinstance(field, RowsField):
        return form, ""
    name, rows = found[2], shown(form, found[2])
    if found[1] == "add":
        return form, f"?{name}={rows + 1}#id_{name}-{rows}-{next(iter(field.columns))}"
    return without(form, name, int(found[3] or 0)), f"?{name}={rows - 1}#id_{name}"


def shown(form: PageForm, name: str) -> int:
    """How many rows of a table the page had that was sent."""
    widget: RowsWidget = form.fields[name].widget
    return sum(1 for _row in widget.sent(form.data, name))


def without(form: PageForm, name: str, number: int) -> PageForm:
    """The form without one row, counted from 1."""
    typed = form.typed()
    typed[name] = [row for place, row in enumerate(typed[name], 1) if place != number]
    return type(form)(data=typed)


def show_rows(form: PageForm, asked: dict[str, str]) -> None:
    """Make tables as long as an address or a page that was sent asks for, within their bound."""
    for name, field in form.fields.items():
        if isinstance(field, RowsField):
            rows = asked.get(name, "")
            wanted = int(rows[:3]) if rows.isdecimal() and rows.isascii() else 0
            field.show = min(max(field.show, wanted, shown(form, name)), field.most)
