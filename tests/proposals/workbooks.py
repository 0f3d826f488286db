"""Workbooks of the money for tests: as the portal writes them, as others do, and broken ones."""

import io
import re
import struct
import zipfile
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from proposals.money.workbook import writing
from tests.proposals import builders

REFERENCE = "RTP-2026-0001"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def made(answers=builders.MONEY, reference=REFERENCE, title="Wolds community nursing"):
    """A workbook as the portal writes it."""
    return writing.workbook(
        reference=reference, title=title, answers=answers, saved="3 March 2027 at 10:41am"
    )


@cache
def plain(reference=REFERENCE):
    """A workbook of case A."""
    return made(reference=reference)


def sent(content, name="money.xlsx"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def filled(content, cells, change=lambda book: None):
    """A workbook with other values in some cells, by the names of their sheet and cell."""
    book = load_workbook(io.BytesIO(content))
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    """A zip file of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def with_parts(content, changed):
    """A workbook with other parts, or without those that are None."""
    whole = parts(content) | changed
    return packed({name: data for name, data in whole.items() if data is not None})


def part_of(content, title):
    """The name of the part that holds a sheet of ours: the first is the guide, and so on."""
    titles = [sheet.title for sheet in load_workbook(io.BytesIO(content)).worksheets]
    return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"


def with_sheet(content, title, change):
    """A workbook with the XML of one sheet changed."""
    name = part_of(content, title)
    before = parts(content)[name].decode()
    after = change(before)
    assert after != before
    return with_parts(content, {name: after.encode()})


def lying(content, name, size):
    """A workbook whose list of parts says another size of one of them than it has."""
    data = bytearray(content)
    at = data.rindex(name.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def as_others_save_it(content):
    """The same workbook as LibreOffice and Excel save it.

    Texts shared, numbers with exponents, dates counted from 1904, empty rows and cells beside and
    below, and another program's name.
    """
    texts: list[str] = []

    def shared(found):
        texts.append(found[3])
        return f'<c{found[1]} t="s"{found[2]}><v>{len(texts) - 1}</v></c>'

    def exponent(found):
        return f"<v>{float(found[1]):.15E}</v>"

    whole = parts(content)
    for name in [each for each in whole if each.startswith("xl/worksheets/sheet")]:
        text = whole[name].decode()
        text = re.sub(r"(?<=</c>)</row>", '<c r="ZZ1" s="0"/></row>', text)
        text = re.sub(r"<v>([\d.-]+)</v>", exponent, text)
        text = re.sub(
            r'<c((?: [rs]="\w+")*) t="inlineStr"((?: [rs]="\w+")*)><is><t[^>]*>(.*?)</t></is></c>',
            shared,
            text,
            flags=re.DOTALL,
        )
        assert "inlineStr" not in text
        empty = "".join(f'<row r="{number}" spans="1:7"/>' for number in range(2000, 2100))
        whole[name] = text.replace("</sheetData>", f"{empty}</sheetData>").encode()
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    whole["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    types = whole["[Content_Types].xml"].decode()
    whole["[Content_Types].xml"] = types.replace("</Types>", named).encode()
    book = whole["xl/workbook.xml"].decode()
    whole["xl/workbook.xml"] = re.sub(
        "<workbookPr(?=[ />])", '<workbookPr date1904="1"', book
    ).encode()
    app = whole["docProps/app.xml"].decode()
    app = re.sub(
        "<Application>.*?</Application>", "<Application>LibreOffice/7.4</Application>", app
    )
    whole["docProps/app.xml"] = app.encode()
    return packed(whole)
