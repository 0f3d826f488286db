"""The buttons of a table: a row more, a row less, a row begun. Each saves what was typed."""

from __future__ import annotations

import re
from typing import Any

from activity.rows import Row, RowsField, RowsWidget, is_blank
from proposals.draft.questions import PageForm

PRESSED = re.compile(r"(add|remove)-(\w+?)(?:-([0-9]{1,4}))?|(start)-(\w+?)-([a-z-]+)")


def pressed(form: PageForm, then: str) -> tuple[PageForm, str]:
    """The form after a button of one of its tables, and where on its page to go on.

    then: the value of the button. Any other button leaves the form as it is, and leads nowhere: "".
    """
    found = PRESSED.fullmatch(then)
    name = (found[2] or found[5]) if found else ""
    field = form.fields.get(name)
    if found is None or not isinstance(field, RowsField):
        return form, ""
    if found[4]:
        return begun(form, name, field.starters.get(found[6]))
    rows = shown(form, name)
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
    return form.holding(typed)


def begun(form: PageForm, name: str, starter: Row | None) -> tuple[PageForm, str]:
    """The form with a row begun in the first empty place, and where its first empty cell is.

    starter: the cells that are known. Without one, or with the table full, nothing is begun.
    """
    field: Any = form.fields[name]
    typed = form.typed()
    rows: list[Row] = typed[name]
    place = next((at for at, row in enumerate(rows) if is_blank(row)), len(rows))
    if starter is None or place >= field.most:
        return form, ""
    rows[place : place + 1] = [{key: str(starter.get(key, "")) for key in field.widget.columns}]
    first = next((key for key in field.columns if key not in starter), next(iter(field.columns)))
    return form.holding(typed), f"?{name}={shown(form, name)}#id_{name}-{place}-{first}"


def show_rows(form: PageForm, asked: dict[str, str]) -> None:
    """Make tables as long as an address or a page that was sent asks for, within their bound."""
    for name, field in form.fields.items():
        if isinstance(field, RowsField):
            rows = asked.get(name, "")
            wanted = int(rows[:3]) if rows.isdecimal() and rows.isascii() else 0
            field.show = min(max(field.show, wanted, shown(form, name)), field.most)
