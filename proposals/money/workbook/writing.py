"""Writing the workbook: the same answers, the same bytes. No cell of it is a formula."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django import forms
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from activity.fields import PoundsField, TextField
from proposals.draft.asking import NumberField
from proposals.draft.questions import Answers
from proposals.money.asking import year_names
from proposals.money.workbook import cells, layout
from proposals.money.workbook.differences import typed_boxes
from proposals.money.workbook.layout import Block, Box, Row, Sheet
from proposals.money.workbook.marks import marks_of

POUNDS, PERCENT = '"£"#,##0;-"£"#,##0', "0.00%"
# What a program for workbooks would run, or take for something else than a text.
RUNS = ("=", "+", "-", "@", "\t", "\r")
LISTS = "Lists"
MADE_ON = datetime.datetime(1980, 1, 1)  # noqa: DTZ001  the first day that a zip file knows
YEARS = "CDEFG"
WIDTHS = {layout.LABEL: 38, layout.HINT: 44, **dict.fromkeys(YEARS, 16)}

PLAIN, TITLE = Font(name="Arial", size=11), Font(name="Arial", size=16, bold=True)
HEAD, QUIET = Font(name="Arial", size=11, bold=True), Font(name="Arial", size=11, color="505A5F")
# Of a line of text, in points. Programs do not all make room for what wraps.
HEIGHT = 15
TO_FILL_IN = PatternFill("solid", fgColor="FFF7BF")
SHADED = PatternFill("solid", fgColor="F3F2F1")
LINE = Side(style="thin", color="B1B4B6")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass
class _Writer:
    """A workbook that is being written. lists: where the choices of a question stand."""

    book: Workbook
    typed: Mapping[str, str]
    spans: list[str]
    lists: dict[str, str] = field(default_factory=dict)


def workbook(*, reference: str, title: str, answers: Answers, saved: str) -> bytes:
    """The workbook of a proposal with its figures as they stand.

    saved: when they were saved, in words, or "" where nothing is saved yet.
    """
    asked = layout.sheets()
    typed = typed_boxes(answers, (box for sheet in asked for box in sheet.boxes))
    writer = _Writer(Workbook(), typed, year_names(answers.get("F1")))
    guide: Any = writer.book.active
    _guide(guide, reference, title, answers, saved)
    _lists(writer, asked)
    for sheet in asked:
        _sheet(writer, sheet)
    writer.book.move_sheet(LISTS, len(asked))
    return _bytes(writer.book)


def _put(sheet: Worksheet, at: str, text: str, font: Font = PLAIN) -> Cell:
    """Write a text that stays a text, whatever it begins with."""
    cell: Cell = sheet[at]
    text = cells.readable(text)
    cell.value = text or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(RUNS)
    cell.alignment, cell.font = WRAPPED, font
    return cell


def _make_room(sheet: Worksheet, number: int, *texts: tuple[str, int]) -> None:
    """Make a row as high as its texts need. texts: each with the letters that a line of it holds."""
    lines = max(math.ceil(len(text) / letters) for text, letters in texts)
    sheet.row_dimensions[number].height = HEIGHT * max(lines, 1) + 3


def _guide(sheet: Worksheet, reference: str, title: str, answers: Answers, saved: str) -> None:
    sheet.title = str(layout.GUIDE)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 92
    _put(sheet, "A1", _("The money, five years"), TITLE).alignment = Alignment()
    marks = marks_of(reference, answers)
    names = {"proposal": _("Proposal"), "form": _("Form"), "figures": _("Figures")}
    _put(sheet, "A2", _("Name"), HEAD)
    _put(sheet, "B2", title)
    for name, at in layout.MARKS.items():
        _put(sheet, at.replace("B", "A"), names[name], HEAD)
        _put(sheet, at, getattr(marks, name), QUIET)
    when = _("As they were saved on %(saved)s") % {"saved": saved} if saved else ""
    _put(sheet, "B6", when or _("Nothing is entered yet"))
    for number, words in enumerate(_instructions(), 8):
        _put(sheet, f"B{number}", words)
        _make_room(sheet, number, (words, 84))
    _put(sheet, "A8", _("How to use it"), HEAD)
    _finish(sheet, "A2")


def _instructions() -> list[str]:
    return [
        _("Type into the yellow cells. The portal reads these and nothing else."),
        _(
            "Amounts are whole pounds, without pence: 1200000. Only cash may be below 0. A "
            "percentage is typed as 2%."
        ),
        _(
            "Type numbers, no formulas: where a figure is worked out elsewhere, copy it and paste "
            "its value. The portal works out all totals by itself."
        ),
        _(
            "Leave the sheets, rows and columns where they are, and their names as they are. You "
            "may add sheets of your own for working things out: they are not read."
        ),
        _(
            "A cell that is left empty is an answer that is still missing, or 0 where its sheet says so."
        ),
        _(
            "Save it as .xlsx, without macros and without a password. Somebody of the team uploads "
            "it where it was downloaded. They see first what would change, and nothing is changed "
            "before they say so."
        ),
        _("Grants, loans and investments that are wanted are a list, and stay on their page."),
    ]


def _lists(writer: _Writer, asked: Sequence[Sheet]) -> None:
    """The choices of each question, on a sheet of their own, for the lists in its cell."""
    sheet = writer.book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    column = "A"
    for box in (box for each in asked for box in each.boxes):
        if isinstance(box.field, forms.ChoiceField):
            words = cells.choices(box.field).values()
            for number, each in enumerate(words, 1):
                _put(sheet, f"{column}{number}", each)
            writer.lists[box.key] = f"{LISTS}!${column}$1:${column}${len(words)}"
            column = chr(ord(column) + 1)
    _finish(sheet, "A1")


def _sheet(writer: _Writer, sheet: Sheet) -> None:
    made = writer.book.create_sheet(sheet.title)
    for column, width in WIDTHS.items():
        made.column_dimensions[column].width = width
    _put(made, "A1", sheet.title, TITLE).alignment = Alignment()
    _put(made, "A2", sheet.about).alignment = Alignment()
    for block in sheet.blocks:
        _head(writer, made, block)
        for row in block.rows:
            if not row.may_lack or any(writer.typed[box.key] for box in row.boxes):
                _row(writer, made, block, row)
    _finish(made, f"{layout.FIRST}{sheet.blocks[0].head + layout.HEAD_ROWS}")


def _head(writer: _Writer, sheet: Worksheet, block: Block) -> None:
    asked = [box.field for row in block.rows for box in row.boxes]
    is_amount = not block.is_yearly and all(isinstance(each, PoundsField) for each in asked)
    spans = writer.spans if block.is_yearly else [_("In pounds") if is_amount else ""]
    below = dict(zip(YEARS, spans, strict=False))
    names = [_("Line"), _("What belongs there"), *block.names]
    for column, name in zip(WIDTHS, names, strict=False):
        for number, text in ((block.head, name), (block.head + 1, below.get(column, ""))):
            cell = _put(sheet, f"{column}{number}", text, HEAD)
            cell.fill = SHADED
            if column >= layout.FIRST and (block.is_yearly or is_amount):
                cell.alignment = Alignment(horizontal="right", vertical="top")


def _row(writer: _Writer, sheet: Worksheet, block: Block, row: Row) -> None:
    _put(sheet, f"{layout.LABEL}{row.number}", row.label, HEAD)
    _put(sheet, f"{layout.HINT}{row.number}", row.hint, QUIET)
    answer = writer.typed[row.boxes[0].key] if isinstance(row.boxes[0].field, TextField) else ""
    _make_room(sheet, row.number, (row.label, 32), (row.hint, 42), (answer[: cells.LONGEST], 76))
    for box in row.boxes:
        _box(sheet, box, cells.value_of(box.field, writer.typed[box.key]))
        _rule(writer, sheet, box)
        if not cells.is_number(box.field):
            sheet.merge_cells(f"{box.cell}:{YEARS[-1]}{row.number}")


def _box(sheet: Worksheet, box: Box, value: float | str | None) -> None:
    cell = _put(sheet, box.cell, value if isinstance(value, str) else "")
    if value is not None and not isinstance(value, str):
        cell.value = value
        cell.alignment = Alignment(vertical="top")
    is_percent = isinstance(box.field, NumberField)
    if is_percent or isinstance(box.field, PoundsField):
        cell.number_format = PERCENT if is_percent else POUNDS
    cell.fill, cell.border = TO_FILL_IN, FRAME
    cell.protection = Protection(locked=False)


def _rule(writer: _Writer, sheet: Worksheet, box: Box) -> None:
    """What the program that fills it in refuses at once, where it knows such rules."""
    asked = box.field
    if isinstance(asked, PoundsField):
        least = -asked.most if asked.signed else 0
        rule = DataValidation("whole", "between", str(least), str(asked.most))
        rule.error = _("Whole pounds, without pence")
    elif isinstance(asked, NumberField):
        rule = DataValidation("decimal", "between", "0", "1")
        rule.error = _("A percentage from 0% to 100%")
    elif box.key in writer.lists:
        rule = DataValidation("list", formula1=writer.lists[box.key])
        rule.error = _("Choose one from the list")
    else:
        return
    rule.allow_blank = rule.showErrorMessage = True
    rule.add(box.cell)
    sheet.add_data_validation(rule)


def _finish(sheet: Worksheet, frozen: str) -> None:
    """Lock all but the cells to fill in, without a password; print it on one page's width."""
    sheet.freeze_panes = frozen
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _bytes(book: Workbook) -> bytes:
    book.properties.creator = _("Mutuals portal")
    book.properties.created = book.properties.modified = MADE_ON
    first = BytesIO()
    ExcelWriter(book, ZipFile(first, "w")).save()
    made = BytesIO()
    # Once more, without the times at which its parts were written.
    with ZipFile(first) as source, ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return made.getvalue()
