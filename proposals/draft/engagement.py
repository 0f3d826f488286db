"""Talks with staff and with unions as one dated log, read from the answers that hold them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.rows import RowsField, is_blank
from proposals.draft.keeping import kept
from proposals.draft.questions import Answers, Page
from proposals.draft.topics.staff import STAFF, TalksForm, UnionsForm

# Where talks with staff are written down, and what unions say.
TALKS, UNIONS = "talks", "unions"
# Digits of a number of people: more are no number that anybody counted.
LONGEST = 6


@dataclass(frozen=True)
class Talk:
    """One talk. on: its day, or None where none is given that can be read.

    title: how it was held, or with which union. words: what was said. more: how many came, or "".
    """

    on: datetime.date | None
    title: str
    words: str
    more: str = ""


def log_of(typed: Answers) -> list[Talk]:
    """Every talk, the newest first, and at the end those without a day. typed: of the section."""
    talks = [*_with_staff(typed), *_with_unions(typed)]
    return sorted(talks, key=lambda each: each.on or datetime.date.min, reverse=True)


def page_of(key: str) -> Page:
    """The page on which talks of a kind are written down."""
    return next(page for page in STAFF.pages if page.key == key)


def _with_staff(typed: Answers) -> Iterator[Talk]:
    field: Any = TalksForm.base_fields["U3"]
    for row, words in _rows(field, "U3", typed):
        yield Talk(
            on=_day(field, "date", row["date"]),
            title=words["method"] or _("A talk with staff"),
            words=words["summary"],
            more=_came(words["number"]),
        )


def _with_unions(typed: Answers) -> Iterator[Talk]:
    field: Any = UnionsForm.base_fields["U5_said"]
    for row, words in _rows(field, "U5_said", typed):
        yield Talk(
            on=_day(field, "met", row["met"]),
            title=words["union"] or _("A union or staff association"),
            words=words["position"],
        )


def _rows(
    field: RowsField, name: str, typed: Answers
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Each row that holds anything, as it was typed and in words."""
    rows: Any = kept(field, typed, name)
    filled = [row for row in rows if not is_blank(row)]
    return zip(filled, field.words_of(filled), strict=True)


def _day(field: RowsField, column: str, typed: str) -> datetime.date | None:
    """The day that was typed, or None while it is none, or one to come."""
    with suppress(ValidationError):
        found: datetime.date | None = field.columns[column].clean(typed)
        return found
    return None


def _came(number: str) -> str:
    """How many came, in words; "" where none or no number was typed."""
    if not number.strip().isdecimal() or len(number) > LONGEST:
        return ""
    count = int(number)
    return ngettext("%(count)d came", "%(count)d came", count) % {"count": count}
