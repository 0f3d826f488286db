"""Answers in words: as blocks that a page or a document draws, whoever reads them and wherever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from proposals.draft.models import Version
from proposals.draft.questions import Answers, Page, PageForm, Table, Topic, topics

Row = dict[str, Any]


def groups_of(typed: Mapping[str, Answers]) -> list[tuple[Topic, list[Row]]]:
    """The answers of all topics as blocks, those left out that have none. typed: by the topic's key."""
    found = [(about, about.answers(typed)) for about in topics()]
    return [(about, blocks(rows_typed(about, given))) for about, given in found if given]


def rows_typed(about: Topic, typed: Answers) -> list[Row]:
    """The answers of one topic as rows."""
    return rows_of(about, [(asked, asked.form(data=typed)) for asked in about.pages])


def rows_of(about: Topic, forms: Iterable[tuple[Page, PageForm]], reference: str = "") -> list[Row]:
    """The answers of bound pages as rows; with a reference, each can be changed."""
    return [
        {
            "name": name,
            "key": label,
            "value": shown,
            "href": f"{asked.address(reference, about.key)}#id_{name}" if reference else "",
        }
        for asked, form in forms
        for name, label, shown in form.shown()
    ]


def blocks(rows: list[Row]) -> list[Row]:
    """Rows as a page draws them: `rows` that stand together in a list, and each `table` by itself."""
    found: list[Row] = []
    for is_table, some in groupby(rows, lambda row: isinstance(row["value"], Table)):
        if is_table:
            found += [{"table": row["value"], **row} for row in some]
        else:
            found.append({"rows": list(some)})
    return found


def declared_in(version: Version) -> list[str]:
    """What each who signed a version declared, part by part, in the words of that day.

    Empty for a version from before these words were frozen with it.
    """
    return [wording for _key, wording in version.content.get("declared", [])]
