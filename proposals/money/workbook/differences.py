"""What a workbook would change in the answers of a draft, and what would be wrong then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from proposals.draft.questions import GAPS, LATE, Answers, Page
from proposals.money.workbook import cells, layout
from proposals.money.workbook.layout import Box
from proposals.money.workbook.reading import Problem, problem_of


@dataclass(frozen=True)
class Difference:
    """One answer that would be another. was, becomes: as they would be typed."""

    box: Box
    was: str
    becomes: str

    @property
    def is_number(self) -> bool:
        """Whether it is an amount or a percentage."""
        return cells.is_number(self.box.field)

    @property
    def before(self) -> str:
        """What stands there now, in words."""
        return cells.in_words(self.box.field, self.was)

    @property
    def after(self) -> str:
        """What would stand there, in words."""
        return cells.in_words(self.box.field, self.becomes)


def typed_boxes(answers: Answers, boxes: Iterable[Box]) -> dict[str, str]:
    """What is typed in each box, by its key, letter for letter."""
    typed: dict[str, Any] = {}
    for page in layout.PAGES:
        typed |= page.form(data=answers).typed()
    return {
        box.key: typed[box.name].get(box.place, "") if box.place else typed[box.name]
        for box in boxes
    }


def differences(answers: Answers, brought: Mapping[str, str]) -> list[Difference]:
    """What would change, in the order of the sheets.

    brought: the answer of each box by its key; one that is not there changes nothing.
    """
    boxes = layout.boxes()
    typed = typed_boxes(answers, boxes)
    pairs = ((box, cells.plain(box.field, typed[box.key])) for box in boxes)
    return [
        Difference(box, was, brought[box.key])
        for box, was in pairs
        if box.key in brought and brought[box.key] != was
    ]


def changed(answers: Answers, found: Iterable[Difference]) -> dict[Page, Answers]:
    """What would be typed on each page that changes; whatever is not in question stays to the letter."""
    pages: dict[Page, Answers] = {}
    for each in found:
        box = each.box
        typed = pages.setdefault(box.page, box.page.form(data=answers).typed())
        if not box.place:
            typed[box.name] = each.becomes
        elif each.becomes:
            typed[box.name] |= {box.place: each.becomes}
        else:
            typed[box.name].pop(box.place, None)
    return pages


def problems(
    answers: Answers, pages: Mapping[Page, Answers], brought: Mapping[str, str]
) -> list[Problem]:
    """What the pages would refuse of what was brought; what is only missing is no problem."""
    boxes = [box for box in layout.boxes() if box.key in brought]
    return [
        problem_of(box, " ".join(problem.messages))
        for page in layout.PAGES
        for name, problem in _wrong(page, pages.get(page, answers))
        for box in boxes
        if box.name == name and (problem.params or {}).get("at", "") in ("", box.place)
    ]


def _wrong(page: Page, answers: Answers) -> Iterator[tuple[str, ValidationError]]:
    found = page.form(data=answers).errors.as_data()
    for name, each in found.items():
        yield from ((name, problem) for problem in each if problem.code not in GAPS | LATE)


def closed(found: Iterable[Difference], open_pages: Iterable[Page]) -> list[Problem]:
    """Changes on pages that nobody may write on now."""
    words = _("this page is closed, and says “%(was)s”; put that back")
    empty = _("this page is closed, and nothing stands there; leave it empty")
    may = set(open_pages)
    return [
        problem_of(each.box, (words if each.was else empty) % {"was": each.before or each.was})
        for each in found
        if each.box.page not in may
    ]
