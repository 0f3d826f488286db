"""Tables as a file for a spreadsheet: one number a line, in UTF-8 that spreadsheets know as such."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from activity.figures.tables import Table

# A spreadsheet takes what begins so for a formula, and what is before it for nothing.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Line:
    """What a csv writer writes to, that gives each line back."""

    def write(self, line: str) -> str:
        return line


def download(
    tables: Iterable[Table], chosen: list[tuple[str, str]], *, name: str
) -> StreamingHttpResponse:
    """The file as an answer to keep under a name. tables, chosen: as in `lines`."""
    response = StreamingHttpResponse(lines(tables, chosen), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def lines(tables: Iterable[Table], chosen: list[tuple[str, str]]) -> Iterator[bytes]:
    """The lines of the file, one after another. chosen: what the figures were narrowed by."""
    writer = csv.writer(_Line())
    yield codecs.BOM_UTF8
    for row in _rows(tables, chosen):
        yield writer.writerow([plain(cell) for cell in row]).encode("utf-8")


def plain(cell: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula: words that would be one begin with a quote."""
    if isinstance(cell, str) and (cell.startswith(FORMULAS) or cell.lstrip().startswith(FORMULAS)):
        return f"'{cell}"
    return cell


def _rows(tables: Iterable[Table], chosen: list[tuple[str, str]]) -> Iterator[list[str | int]]:
    yield [*(name for name, _value in chosen), _("Table"), _("Row"), _("Column"), _("Number")]
    for table in tables:
        for label, cells in table.rows:
            for name, cell in zip(table.names, cells, strict=True):
                shown = table.hidden if cell is None else cell
                yield [*(value for _name, value in chosen), table.title, label, name, shown]
