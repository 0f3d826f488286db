"""What the table of a grid needs to know of its fields: its boxes, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from activity.amounts import pounds
from activity.grids import SUM, GridField, place
from mutuals_portal.problems import cell_errors, general_errors

Options = dict[str, Any]


def grid(
    fields: Sequence[BoundField], worked: Sequence[Any] = (), year: int | None = None
) -> Options:
    """One table of fields that have the same columns.

    worked: rows below them with `key`, `label`, `amounts` by column, and `total`. year: the only
    column to draw, from 1; what stands in the others is sent along unseen.
    """
    first: Any = fields[0].field
    shown = [at for at in range(len(first.columns)) if year is None or at == year - 1]
    is_yearly = len(first.columns) > 1
    sums = is_yearly and year is None and first.adds_up
    problems = [said for field in fields for said in general_errors(field)]
    lines = [row for field in fields for row in _lines(field, shown, sums=sums)]
    single = len(fields) == 1
    if single and len(lines) > 1:
        lines.append(_totals(fields[0], shown, sums=sums))
    rows = [*lines, *(_worked(row, shown, sums=sums) for row in worked)]
    # Of all that changes as somebody types, only what it comes to in the end is read out.
    rows[-1].get("sum", rows[-1].get("outputs", [{}])[-1])["spoken"] = True
    return {
        "id": f"id_{fields[0].html_name}",
        "label": first.label if single else _("Cost to the public, in pounds"),
        "hint": first.help_text if single else "",
        "errorMessage": " ".join(problems),
        "columns": [_column(first, at) for at in shown],
        "is_narrow": len(shown) == 1,
        "sums": sums,
        "width": 1 + len(shown) + sums,
        "rows": rows,
        "unseen": [pair for field in fields for pair in _unseen(field, shown)],
    }


def _column(field: GridField, at: int) -> Options:
    name = _("Year %(year)s") % {"year": field.columns[at]} if field.columns[at] else _("Amount")
    return {"name": name, "span": field.spans[at] if field.spans and field.columns[at] else ""}


def _lines(field: BoundField, shown: Sequence[int], *, sums: bool) -> Iterator[Options]:
    asked: Any = field.field
    typed, wrong = field.value() or {}, cell_errors(field)
    found = asked.sums(typed)
    id_ = field.auto_id
    for line, _texts in asked.lines_of(typed):
        boxes: list[Options] = []
        nothing = "0" if asked.is_skipped(line, typed) else ""
        for at in shown:
            where = place(line, asked.columns[at])
            boxes.append(
                {
                    "id": f"{id_}-{where}",
                    "name": f"{field.html_name}_{where}",
                    "label": asked.box(line, at),
                    "value": typed.get(where, nothing),
                    "error": wrong.get(where, ""),
                    "inputmode": "text" if asked.cell.signed else "numeric",
                    "column": _short(asked, at),
                }
            )
        about = asked.lines[line]
        label = boxes[0]["label"] if len(shown) == 1 else about.label
        row: Options = {"label": label, "hint": about.hint, "boxes": boxes}
        # A sentence is too long for the width of a box: it stands above the line.
        row["errors"] = [(box["id"], box["error"]) for box in boxes if box["error"]]
        if sums:
            row["sum"] = _output(id_, place(line, SUM), found[place(line, SUM)])
        yield row


def _short(field: GridField, at: int) -> str:
    """What a box is called on a phone, under its line."""
    name = _column(field, at)
    return f"{name['name']}, {name['span']}" if name["span"] else str(name["name"])


def _totals(field: BoundField, shown: Sequence[int], *, sums: bool) -> Options:
    asked: Any = field.field
    found = asked.sums(field.value() or {})
    columns = [place(SUM, asked.columns[at]) for at in shown]
    outputs = [
        _output(field.auto_id, where, found[where]) | {"column": _short(asked, at)}
        for where, at in zip(columns, shown, strict=True)
    ]
    row: Options = {"label": _("Total"), "outputs": outputs}
    if sums:
        row["sum"] = _output(field.auto_id, SUM, found[SUM])
    return row


def _worked(row: Any, shown: Sequence[int], *, sums: bool) -> Options:
    *years, total = [_output("", id_, amount) for id_, amount in row.outputs()]
    outputs = [years[at] | {"column": _("Year %(year)s") % {"year": at + 1}} for at in shown]
    return {"label": row.label, "outputs": outputs} | ({"sum": total} if sums else {})


def _output(id_: str, where: str, amount: int | None) -> Options:
    joined = "-".join(filter(None, (id_, where)))
    return {"id": joined, "text": pounds(amount), "bad": (amount or 0) < 0}


def _unseen(field: BoundField, shown: Sequence[int]) -> Iterator[tuple[str, str]]:
    asked: Any = field.field
    seen = {place(line, asked.columns[at]) for line in asked.lines for at in shown}
    for where, text in (field.value() or {}).items():
        if where not in seen:
            yield f"{field.html_name}_{where}", text
