"""What a workbook says: the answer in every box, and each cell that cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from proposals.money.workbook import cells, layout
from proposals.money.workbook.layout import Block, Box, Row, Sheet
from proposals.money.workbook.marks import REFERENCE, Marks
from proposals.money.workbook.opening import EMPTY, Cell, Refused, cells_of

GUIDE_CORNER = (5, 2)
# The label, the hint, and five years.
COLUMNS = 7
QUOTED = 60

CellsOfOne = Mapping[str, Cell]


@dataclass(frozen=True)
class Problem:
    """Why a cell cannot be taken. line: what is asked there. words: begin the sentence after it."""

    sheet: str
    cell: str
    line: str
    words: str

    def __str__(self) -> str:
        said = _("Sheet %(sheet)s, cell %(cell)s: %(words)s")
        words = {"sheet": self.sheet, "cell": self.cell, "words": self.words}
        return said % words if self.cell else self.words


@dataclass
class Brought:
    """What a workbook brings: the answer of each box by its key, as it would be typed.

    With any problem nothing of it is to be used.
    """

    marks: Marks
    answers: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(content: bytes, reference: str) -> Brought:
    """Read a workbook of one proposal. Raises Refused for a file of which nothing can be read."""
    asked = layout.sheets()
    wanted = {each.title: (max(row.number for row in each.rows), COLUMNS) for each in asked}
    found = cells_of(content, wanted | {str(layout.GUIDE): GUIDE_CORNER})
    marks = _marks(found.get(str(layout.GUIDE)))
    _refuse_another(marks, reference, layout.version(asked))
    brought = Brought(marks)
    for sheet in asked:
        if sheet.title in found:
            _read(sheet, found[sheet.title], brought)
        else:
            words = _("The sheet “%(sheet)s” is missing. Give it back its name, or download anew")
            said = words % {"sheet": sheet.title}
            brought.problems.append(Problem(sheet.title, "", "", said))
    return brought


def _marks(guide: CellsOfOne | None) -> Marks:
    if guide is None:
        raise Refused(
            _(
                "This is not the workbook of these pages: its sheet “%(sheet)s” is missing. "
                "Download it here, and type the figures into that one"
            )
            % {"sheet": layout.GUIDE}
        )
    return Marks(**{name: _text(guide, cell) for name, cell in layout.MARKS.items()})


def _refuse_another(marks: Marks, reference: str, form: str) -> None:
    if marks.proposal != reference:
        words = _(
            "This workbook is of another proposal. Download the one of this proposal, and type "
            "the figures into that one"
        )
        if REFERENCE.fullmatch(marks.proposal):
            words = _(
                "This workbook is of another proposal, %(reference)s. Download the one of this "
                "proposal, and type the figures into that one"
            ) % {"reference": marks.proposal}
        raise Refused(words)
    if marks.form != form:
        raise Refused(
            _(
                "This workbook was made for an older form of these pages. Download it anew, and "
                "copy your figures into that one"
            )
        )


def _read(sheet: Sheet, found: CellsOfOne, brought: Brought) -> None:
    for block in sheet.blocks:
        moved = list(_moved_heads(sheet, block, found))
        brought.problems += moved
        for row in block.rows if not moved else ():
            if row.may_lack and not _text(found, f"{layout.LABEL}{row.number}"):
                continue
            if problem := _moved_row(sheet, row, found):
                brought.problems.append(problem)
            else:
                _read_row(row, found, brought)


def _moved_heads(sheet: Sheet, block: Block, found: CellsOfOne) -> Iterator[Problem]:
    """Heads that are not above their columns any more: their figures would be of other years."""
    for at, name in enumerate(block.names):
        cell = f"{chr(ord(layout.FIRST) + at)}{block.head}"
        if _text(found, cell) != name:
            yield _moved(sheet, cell, name, _text(found, cell))


def _moved_row(sheet: Sheet, row: Row, found: CellsOfOne) -> Problem | None:
    cell = f"{layout.LABEL}{row.number}"
    says = _text(found, cell)
    return None if says == " ".join(row.label.split()) else _moved(sheet, cell, row.label, says)


def _moved(sheet: Sheet, cell: str, label: str, says: str) -> Problem:
    words = _("this should say “%(label)s” and says “%(says)s”; put rows and columns back")
    if not says:
        words = _("this should say “%(label)s” and is empty; put rows and columns back")
    said = words % {"label": label, "says": says[:QUOTED]}
    return Problem(sheet.title, cell, label, said)


def _read_row(row: Row, found: CellsOfOne, brought: Brought) -> None:
    for box in row.boxes:
        try:
            brought.answers[box.key] = cells.text_of(box.field, found.get(box.cell, EMPTY))
        except cells.Wrong as problem:
            brought.problems.append(problem_of(box, str(problem)))


def problem_of(box: Box, words: str) -> Problem:
    """A problem of one cell."""
    return Problem(box.sheet, box.cell, box.about, words[:1].lower() + words[1:])


def _text(found: CellsOfOne, cell: str) -> str:
    return " ".join(str(found.get(cell, EMPTY).value or "").split())
