"""Answers in words: as rows of a summary list, whoever reads them and wherever."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from proposals.draft.models import Version
from proposals.draft.questions import Page, PageForm, Topic, topics


def groups_of(typed: dict[str, Any]) -> list[tuple[Topic, list[dict[str, Any]]]]:
    """The answers of all topics, each as rows of a summary list. typed: by the topic's key."""
    return [(about, _rows_typed(about, typed.get(about.key, {}))) for about in topics()]


def _rows_typed(about: Topic, typed: dict[str, Any]) -> list[dict[str, Any]]:
    return rows_of(about, [(asked, asked.form(data=typed)) for asked in about.pages])


def rows_of(
    about: Topic, forms: Iterable[tuple[Page, PageForm]], reference: str = ""
) -> list[dict[str, Any]]:
    """The answers of bound pages as rows; with a reference, each can be changed."""
    return [
        {
            "key": label,
            "value": shown,
            "href": f"{asked.address(reference, about.key)}#id_{name}" if reference else "",
        }
        for asked, form in forms
        for name, label, shown in form.shown()
    ]


def declared_in(version: Version) -> list[str]:
    """What each who signed a version declared, part by part, in the words of that day.

    Empty for a version from before these words were frozen with it.
    """
    return [wording for _key, wording in version.content.get("declared", [])]
