"""What was typed into a field: as it is kept, and as a page sends it once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from activity.dates import PARTS, DatePartsWidget
from activity.grids import GridWidget
from activity.rows import RowsWidget, at

# A text; several that were chosen; the parts of a date, or the boxes of a grid; or rows of a table.
Answer = str | list[str] | dict[str, str] | list[dict[str, str]]


def kept(field: forms.Field, data: Mapping[str, Any], name: str) -> Answer:
    """The answer of a field, letter for letter, as far as the database can keep it.

    data: what a page sent, or answers as they were kept. Whatever is empty is "", [] or {}.
    """
    widget = field.widget
    if isinstance(widget, RowsWidget):
        rows = widget.value_from_datadict(data, {}, name)
        return [{key: _text(text) for key, text in row.items()} for row in rows]
    if isinstance(widget, GridWidget):
        boxes = widget.value_from_datadict(data, {}, name)
        return {place: _text(text) for place, text in boxes.items()}
    if isinstance(widget, DatePartsWidget):
        parts = {part: _text(text) for part, text in _parts(data, name).items()}
        return parts if any(parts.values()) else {}
    if getattr(widget, "allow_multiple_selected", False):
        return [_text(text) for text in _several(data, name)]
    return _text(data.get(name) or "")


def sent(field: forms.Field, answer: Any, name: str) -> Iterator[tuple[str, str]]:
    """Names and values of the inputs that would send an answer."""
    if isinstance(field.widget, RowsWidget):
        for number, row in enumerate(answer or [], 1):
            for key, text in row.items():
                yield f"{name}-{at(number, key)}", text
    elif isinstance(field.widget, GridWidget | DatePartsWidget):
        joint = "_" if isinstance(field.widget, GridWidget) else "-"
        for part, text in (answer or {}).items():
            yield f"{name}{joint}{part}", text
    else:
        for text in answer if isinstance(answer, list) else [answer or ""]:
            yield name, text


def _parts(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    whole = data.get(name)
    if isinstance(whole, Mapping):
        return {part: whole.get(part, "") for part in PARTS}
    return {part: data.get(f"{name}-{part}", "") for part in PARTS}


def _several(data: Mapping[str, Any], name: str) -> list[Any]:
    read = getattr(data, "getlist", None)
    chosen = read(name) if read else data.get(name)
    return list(chosen) if isinstance(chosen, list | tuple) else []


def _text(typed: Any) -> str:
    return str(typed).replace("\x00", "\N{REPLACEMENT CHARACTER}")
