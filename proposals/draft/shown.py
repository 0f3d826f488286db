"""Answers in words: as blocks that a page or a document draws, whoever reads them and wherever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from proposals.draft.models import Version
from proposals.draft.questions import Answers, Page, PageForm, Table, Topic, topic, topics

Row = dict[str, Any]


def groups_of(typed: Mapping[str, Answers]) -> list[tuple[Topic, list[Row]]]:
    """The answers of all topics as blocks, those left out that have none. typed: by the topic's key."""
    found = [(about, about.answers(typed)) for about in topics()]
    return [(about, blocks(rows_typed(about, given, typed))) for about, given in found if given]


def rows_typed(
    about: Topic, typed: Answers, beside: Mapping[str, Answers] | None = None
) -> list[Row]:
    """The answers of one topic as rows. beside: those of all topics, by their keys."""
    return rows_of((asked, asked.form(data=typed, beside=beside)) for asked in about.pages)


def rows_of(
    forms: Iterable[tuple[Page, PageForm]], change: Callable[[Page], str] = lambda page: ""
) -> list[Row]:
    """The answers of bound pages as rows. change: where a page is changed, "" where it is not."""
    return [
        {"name": name, "key": label, "value": shown, "href": address and f"{address}#id_{name}"}
        for asked, form, address in ((asked, form, change(asked)) for asked, form in forms)
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


def place_in_words(section: str, page: str) -> str:
    """A page of a section by its title, for what was said about it; it may be asked no longer."""
    about = topic(section)
    asked = about.page(page) if about else None
    return named(about, asked) if about and asked else str(_("A page that is no longer asked"))


def placed(rows: Iterable[Any]) -> list[tuple[Any, str]]:
    """Rows that speak of a page, by their `section` and `page`, each with that page in words."""
    return [(row, place_in_words(row.section, row.page)) for row in rows]


def named(about: Topic, asked: Page) -> str:
    """A page with its section, said once where both are called the same."""
    return str(about.title) if about.title == asked.title else f"{about.title}: {asked.title}"


def declared_in(version: Version) -> list[str]:
    """What each who signed a version declared, part by part, in the words of that day.

    Empty for a version from before these words were frozen with it.
    """
    return [wording for _key, wording in version.content.get("declared", [])]
