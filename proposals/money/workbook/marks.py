"""What a workbook says of itself: of which proposal it is, in which form, from which figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from proposals.draft.actions.writing import mark_of
from proposals.draft.questions import Answers
from proposals.money.workbook import layout

# As much of the mark of a page as tells whether its figures are others by now.
SHORT = 8
REFERENCE = re.compile(r"[A-Z]{2,5}-\d{4}-\d{4,6}")


@dataclass(frozen=True)
class Marks:
    """proposal: its reference. form: the version of the form. figures: a mark for each page."""

    proposal: str
    form: str
    figures: str

    def is_stale(self, answers: Answers, key: str) -> bool:
        """Whether a page was saved after the workbook was made from it. key: of the page."""
        now = dict(zip(_keys(), figures_of(answers).split("-"), strict=True))
        made = dict(zip(_keys(), self.figures.split("-"), strict=False))
        return made.get(key) != now[key]


def marks_of(reference: str, answers: Answers) -> Marks:
    """The marks of a workbook that is made now."""
    return Marks(reference, layout.version(layout.sheets()), figures_of(answers))


def figures_of(answers: Answers) -> str:
    """A mark of the figures, page by page."""
    return "-".join(mark_of(answers, page)[:SHORT] for page in layout.PAGES)


def _keys() -> list[str]:
    return [page.key for page in layout.PAGES]
