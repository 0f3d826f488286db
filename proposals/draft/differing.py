"""What two versions of a proposal differ in, section by section, in words and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.documents import described
from activity.fields import PoundsField
from activity.grids import GridField, place
from activity.rows import Row, RowsField, is_blank, with_signs
from proposals.draft.keeping import kept
from proposals.draft.listed import section_in_words
from proposals.draft.models import Document
from proposals.draft.promises import FROZEN, Commitment
from proposals.draft.questions import Answers, Page, Topic, topics

# Promises follow from answers, and documents stand beside them, so neither is a topic; they differ
# as if they were one.
PROMISES = Topic(FROZEN, gettext_lazy("What the team promises"), ())
DOCUMENTS = Topic("documents", gettext_lazy("Documents"), ())


@dataclass(frozen=True)
class Difference:
    """One question whose answer differs, in words before and after.

    is_text: long, so both are shown side by side. figures: how much more or less it is, or that it
    is new or gone; "" where it is no figure.
    """

    name: str
    label: str | Promise
    before: str
    after: str
    is_text: bool
    figures: str


class Differences:
    """What has `differences`, as a page shows them: in two ways."""

    differences: list[Difference]

    @property
    def texts(self) -> list[Difference]:
        """The long answers, for two columns of text."""
        return [each for each in self.differences if each.is_text]

    @property
    def short(self) -> list[Difference]:
        """Figures and choices, for a table."""
        return [each for each in self.differences if not each.is_text]


@dataclass(frozen=True)
class TopicDifference(Differences):
    """A section in which something differs."""

    topic: Topic
    differences: list[Difference]


def between(before: Mapping[str, Answers], after: Mapping[str, Answers]) -> list[TopicDifference]:
    """The sections that differ, in their order. before, after: what was typed, by topic's key."""
    found = (TopicDifference(topic, list(_of_topic(topic, before, after))) for topic in topics())
    return [each for each in found if each.differences]


def within(
    topic: Topic, page: Page, before: Mapping[str, Answers], after: Mapping[str, Answers]
) -> list[Difference]:
    """What differs on one page of a section."""
    return list(_of_topic(replace(topic, pages=(page,)), before, after))


def differs(
    topic: Topic, page: Page, before: Mapping[str, Answers], after: Mapping[str, Answers]
) -> bool:
    """Whether anything typed on a page differs, without putting it in words."""
    return not _is_the_same(page, topic.answers(before), topic.answers(after))


def promised(
    before: list[Commitment] | None, after: list[Commitment] | None
) -> list[TopicDifference]:
    """The promises that differ, as a section; nothing where one side is from before there were any."""
    if before is None or after is None:
        return []
    was, became = ({each.key: each for each in side} for side in (before, after))
    changed = [
        _promise(key, was.get(key), became.get(key))
        for key in {**was, **became}
        if was.get(key) != became.get(key)
    ]
    return [TopicDifference(PROMISES, changed)] if changed else []


def documents(before: Iterable[Document], after: Iterable[Document]) -> list[TopicDifference]:
    """The documents that one side has and the other has not, as a section.

    The same content in the same section is the same document, whatever its name.
    """
    was, became = ({(each.section, each.sha256): each for each in side} for side in (before, after))
    changed = [
        *(_document(each, gone=True) for key, each in was.items() if key not in became),
        *(_document(each, gone=False) for key, each in became.items() if key not in was),
    ]
    return [TopicDifference(DOCUMENTS, changed)] if changed else []


def _document(document: Document, *, gone: bool) -> Difference:
    there, not_there = described(document), _("Not there")
    return Difference(
        name=document.key,
        label=f"{document.name} ({section_in_words(document.section)})",
        before=there if gone else not_there,
        after=not_there if gone else there,
        is_text=False,
        figures=_("Taken out") if gone else _("Added"),
    )


def _promise(key: str, before: Commitment | None, after: Commitment | None) -> Difference:
    named = after or before
    if before is None or after is None:
        figures = _("Promised now") if after else _("No longer promised")
    else:
        figures = _("Changed")
    return Difference(
        name=key,
        label=named.name if named else "",
        before=before.says if before else _("Not promised"),
        after=after.says if after else _("Not promised"),
        is_text=False,
        figures=figures,
    )


def _of_topic(
    topic: Topic, before: Mapping[str, Answers], after: Mapping[str, Answers]
) -> Iterator[Difference]:
    old, new = topic.answers(before), topic.answers(after)
    for page in topic.pages:
        fields = page.form.base_fields
        if _is_the_same(page, old, new):
            continue
        was, became = _read(page, old), _read(page, new)
        for name, field in fields.items():
            if isinstance(field, GridField):
                yield from _of_grid(name, field, old, new)
            elif isinstance(field, RowsField):
                yield from _of_rows(name, field, old, new)
            elif name not in page.form.only_asks and was[name][0] != became[name][0]:
                yield Difference(
                    name=name,
                    label=field.label or "",
                    before=was[name][0],
                    after=became[name][0],
                    is_text=getattr(field, "lines", False),
                    figures=_by(field, was[name][1], became[name][1]),
                )


def _is_the_same(page: Page, old: Answers, new: Answers) -> bool:
    fields = page.form.base_fields
    return all(kept(each, old, name) == kept(each, new, name) for name, each in fields.items())


def _of_grid(name: str, field: GridField, old: Answers, new: Answers) -> Iterator[Difference]:
    """Each box of a grid that differs, as a figure of its own."""
    before: Any = kept(field, old, name)
    after: Any = kept(field, new, name)
    was, became = field.read(before)[0], field.read(after)[0]
    for line in field.lines:
        for at, column in enumerate(field.columns):
            where = place(line, column)
            if before.get(where, "") != after.get(where, ""):
                yield Difference(
                    name=f"{name}_{where}",
                    label=field.box(line, at),
                    before=with_signs(field.cell, before.get(where, "")),
                    after=with_signs(field.cell, after.get(where, "")),
                    is_text=False,
                    figures=_by(field.cell, was[line][at], became[line][at]),
                )


def _of_rows(name: str, field: RowsField, old: Answers, new: Answers) -> Iterator[Difference]:
    """Each cell that differs, of rows that are the same row; and each row that came or went."""
    before: Any = kept(field, old, name)
    after: Any = kept(field, new, name)
    for number, (was, became) in enumerate(pairs(before, after)):
        here = f"{name}_{number}"
        if was and became:
            yield from _of_row(here, field, was, became)
        else:
            [said] = field.words_of([was or became or {}])
            words = "; ".join(filter(None, said.values()))
            yield Difference(
                name=here,
                label=_row_called(field, was or became or {}),
                before=words if was else "",
                after=words if became else "",
                is_text=False,
                figures=_("New") if became else _("Taken out"),
            )


def _of_row(name: str, field: RowsField, was: Row, became: Row) -> Iterator[Difference]:
    [before], [after] = field.words_of([was]), field.words_of([became])
    for key, column in field.columns.items():
        if before[key] != after[key]:
            yield Difference(
                name=f"{name}_{key}",
                label=f"{_row_called(field, became)}: {column.label}",
                before=before[key],
                after=after[key],
                is_text=getattr(column, "lines", False),
                figures=_by(column, _cell(column, before[key]), _cell(column, after[key])),
            )


def _row_called(field: RowsField, row: Row) -> str:
    """A row by what it begins with, which is how people know it again."""
    return next(iter(next(field.words_of([row])).values()))


def _cell(column: forms.Field, typed: str) -> Any:
    with suppress(ValidationError):
        return column.clean(typed)
    return None


def pairs(before: Iterable[Row], after: Iterable[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Each row with the row that it became: None for one that came, and for one that went.

    It is the same row if it begins with the same words, or if all but these is the same. In the
    order of the new rows, then what went.
    """
    left = [row for row in before if not is_blank(row)]
    added = [row for row in after if not is_blank(row)]
    became: list[Row | None] = [None] * len(added)
    for same in (_beginning, _rest):
        for at, row in enumerate(added):
            if became[at] is None:
                found = next((each for each in left if same(each) == same(row)), None)
                if found is not None:
                    became[at] = found
                    left.remove(found)
    yield from zip(became, added, strict=True)
    yield from ((row, None) for row in left)


def _beginning(row: Row) -> str:
    return next(iter(row.values())).strip().casefold()


def _rest(row: Row) -> list[str]:
    return list(row.values())[1:]


def _read(page: Page, typed: Answers) -> dict[str, tuple[str, Any]]:
    """Each answer of a page in words, and as what was read from it."""
    form = page.form(data=typed)
    form.is_valid()
    return {
        name: (str(words), form.cleaned_data.get(name))
        for name, _label, words in form.shown(everything=True)
    }


def _by(field: Any, before: Any, after: Any) -> str:
    """How much more or less a figure has become, in words."""
    if not isinstance(before, int | Decimal) or not isinstance(after, int | Decimal):
        return ""
    amount: int | Decimal = abs(Decimal(after) - Decimal(before))
    if not amount:
        return ""
    shown = f"£{amount // 100:,}" if isinstance(field, PoundsField) else f"{amount:,}"
    return (_("%(amount)s more") if after > before else _("%(amount)s less")) % {"amount": shown}
