"""A file that somebody sent as a workbook: what it truly is, and the cells that are asked for.

Nothing of it is believed: sizes are counted before and while it is unpacked, nothing that would run
is opened, and formulas are not worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import filetype
import structlog
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from activity.sniffing import OLE, OLE_PROTECTED
from activity.uploads import MEGABYTE

log = structlog.get_logger(__name__)

MOST_BYTES = 2 * MEGABYTE
# A workbook of ours is a tenth of a megabyte unpacked, in twenty parts and four thousand tags. Each
# tag takes the reader up to a tenth of a millisecond, wherever it stands.
MOST_UNPACKED = 8 * MEGABYTE
MOST_PARTS = 200
MOST_TAGS = 50_000
CHUNK = 64 * 1024
# As many letters as Excel lets a cell hold. Many cells may share one text of some megabytes.
MOST_LETTERS = 32_767

PROGRAMS = {"exe", "elf", "dex", "dey", "swf", "wasm"}
IS_ENCRYPTED = 0x1
TYPES = "[Content_Types].xml"
WORKBOOK = b"spreadsheetml.sheet.main+xml"
MACROS = ("vbaproject", "vbadata", "/macrosheets/")
LINKS = ("/externallinks/", "/xl/connections", "/querytables/")


class Refused(Exception):
    """A file of which nothing is read. Carries a sentence for whoever sent it."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    kind: as openpyxl names it: "n" a number, "s" a text, "f" a formula, "d" a date, "b" true or
    false, "e" an error. value: of a formula its text; a text has no more letters than Excel allows.
    is_percent: whether it is shown as one, so that 0.02 is 2%.
    """

    value: Any = None
    kind: str = "n"
    is_percent: bool = False


EMPTY = Cell()
# Name of a sheet -> name of a cell -> what stands there; empty ones are left out.
Cells = dict[str, dict[str, Cell]]

NO_WORKBOOK = _("This is not an Excel workbook (.xlsx)")
DAMAGED = _(
    "We cannot read this workbook. Open it, save it once more as .xlsx, and choose that file"
)
TOO_MUCH = _(
    "This workbook unpacks to more than we read. Take out what is not ours, and save it anew"
)
HAS_MACROS = _("This workbook has macros, and macros are never run. Save it as .xlsx without them")
HAS_LINKS = _("This workbook takes figures from other files. Break its links, and save it anew")
HAS_PASSWORD = _("This workbook has a password. Save it without one")
IS_OLD = _("This is a workbook of an old kind (.xls). Save it as .xlsx")
IS_ODS = _("This is an OpenDocument workbook (.ods). Save it as .xlsx")
IS_PROGRAM = _("This is a program, whatever it is called. Nothing of it was kept")


def cells_of(content: bytes, wanted: Mapping[str, tuple[int, int]]) -> Cells:
    """The cells of a workbook, of these sheets alone, those that it has.

    wanted: name of a sheet -> how many rows and columns of it to read. Raises Refused.
    """
    _look_at_the_file(content)
    try:
        with ZipFile(BytesIO(content)) as archive:
            _look_inside(archive)
        return _read(content, wanted)
    except Refused:
        raise
    # Both readers trip over odd files in as many ways as there are classes in them.
    except Exception as error:
        log.info("workbook_not_read", error=type(error).__name__)
        raise _refused(DAMAGED) from error


def _refused(words: str | Promise) -> Refused:
    return Refused(str(words))


def _look_at_the_file(content: bytes) -> None:
    if content.startswith(OLE):
        raise _refused(HAS_PASSWORD if OLE_PROTECTED in content else IS_OLD)
    kind = filetype.guess_extension(content)
    if kind in PROGRAMS:
        raise _refused(IS_PROGRAM)
    if not content.startswith(b"PK"):
        raise _refused(NO_WORKBOOK)


def _look_inside(archive: ZipFile) -> None:
    """Refuse what is too large or would run, by its list of parts and by what these hold."""
    parts = archive.infolist()
    names = [f"/{part.filename}".lower() for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _refused(TOO_MUCH)
    if any(part.flag_bits & IS_ENCRYPTED for part in parts):
        raise _refused(HAS_PASSWORD)
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise _refused(DAMAGED)
    if any(mark in name for name in names for mark in MACROS):
        raise _refused(HAS_MACROS)
    if any(mark in name for name in names for mark in LINKS):
        raise _refused(HAS_LINKS)
    _count(archive, parts)
    _look_at_the_kind(archive)


def _count(archive: ZipFile, parts: list[ZipInfo]) -> None:
    """Unpack every part once, piece by piece: the list of a file may lie about its sizes."""
    size = tags = 0
    for part in parts:
        for chunk in _chunks(archive, part):
            size += len(chunk)
            tags += chunk.count(b"<")
            if size > MOST_UNPACKED or tags > MOST_TAGS:
                raise _refused(TOO_MUCH)


def _chunks(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as source:
        while chunk := source.read(CHUNK):
            yield chunk


def _look_at_the_kind(archive: ZipFile) -> None:
    if TYPES not in archive.namelist():
        is_ods = b"opendocument.spreadsheet" in _text(archive, "mimetype")
        raise _refused(IS_ODS if is_ods else NO_WORKBOOK)
    kind = _text(archive, TYPES)
    if b"macroenabled" in kind.lower():
        raise _refused(HAS_MACROS)
    if WORKBOOK not in kind:
        raise _refused(NO_WORKBOOK)


def _text(archive: ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _read(content: bytes, wanted: Mapping[str, tuple[int, int]]) -> Cells:
    # With defusedxml installed, openpyxl refuses XML whose entities would grow.
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        return {
            sheet.title: dict(_filled(sheet, *wanted[sheet.title]))
            for sheet in book.worksheets
            if sheet.title in wanted
        }
    finally:
        book.close()


def _filled(sheet: Any, rows: int, columns: int) -> Iterator[tuple[str, Cell]]:
    """The cells of a corner of a sheet that hold something, by name; no row below is unpacked."""
    for row in sheet.iter_rows(min_row=1, max_row=rows, min_col=1, max_col=columns):
        for cell in row:
            if cell.value is not None:
                yield cell.coordinate, _cell(cell)


def _cell(cell: Any) -> Cell:
    value, kind = cell.value, cell.data_type
    if kind == "f":
        # An array's formula is a record that holds its text.
        value = value if isinstance(value, str) else getattr(value, "text", None) or "="
    if isinstance(value, str):
        value = value[:MOST_LETTERS]
    return Cell(value, kind, "%" in (cell.number_format or ""))
