"""Workbooks that cannot be taken: each is told why, and changes nothing."""

import datetime
import html
import io
import re
import struct
import time
import zipfile
from itertools import chain

import pytest
from django.urls import reverse
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.formula import ArrayFormula

from activity.sniffing import OLE, OLE_PROTECTED
from activity.uploads import MEGABYTE
from proposals.draft.models import Change, Section
from proposals.money.workbook import differences, opening
from proposals.money.workbook.opening import Refused
from proposals.money.workbook.reading import read
from tests.proposals import builders, workbooks
from tests.proposals.workbooks import REFERENCE

SHEET_2 = "xl/worksheets/sheet2.xml"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


def entities(declared, encoding="utf-8"):
    """A workbook whose first sheet says what an entity stands for."""
    text = workbooks.parts(workbooks.plain())[SHEET_2].decode()
    text = re.sub(r"<t>.*?</t>", "<t>&i;</t>", text, count=1)
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return workbooks.with_parts(
        workbooks.plain(), {SHEET_2: (head + declared + text).encode(encoding)}
    )


def types(words, instead):
    name = "[Content_Types].xml"
    before = workbooks.parts(workbooks.plain())[name]
    assert words in before
    return workbooks.with_parts(workbooks.plain(), {name: before.replace(words, instead)})


def locked_parts():
    """A workbook whose list says that its parts are encrypted, as programs for zip files do it."""
    data = bytearray(workbooks.plain())
    at = data.index(b"PK\x01\x02")
    data[at + 8 : at + 10] = struct.pack("<H", opening.IS_ENCRYPTED)
    return bytes(data)


def unreadable_name():
    """A workbook one of whose parts has a name that is no text."""
    data = bytearray(workbooks.plain())
    at = data.index(b"PK\x01\x02")
    data[at + 8 : at + 10] = struct.pack("<H", 0x800)
    data[at + 46] = 0xFF
    return bytes(data)


def without(title):
    def change(book):
        del book[title]

    return workbooks.filled(workbooks.plain(), {}, change)


def bomb(size=40):
    """A workbook with a part of so many megabytes of nothing, in a small part of one."""
    return workbooks.with_parts(workbooks.plain(), {"xl/media/image1.xml": bytes(size * MEGABYTE)})


FILES = {
    "a program": (lambda: b"MZ\x90\x00" + bytes(5_000), opening.IS_PROGRAM),
    "a program of another kind": (lambda: b"\x7fELF" + bytes(5_000), opening.IS_PROGRAM),
    "a text": (lambda: b"year,price\n1,2", opening.NO_WORKBOOK),
    "a zip file": (lambda: workbooks.packed({"a.txt": b"a"}), opening.NO_WORKBOOK),
    "an empty zip file": (lambda: workbooks.packed({}), opening.NO_WORKBOOK),
    "a letter": (
        lambda: types(b"spreadsheetml.sheet.main", b"x.document.main"),
        opening.NO_WORKBOOK,
    ),
    "OpenDocument": (
        lambda: workbooks.packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        opening.IS_ODS,
    ),
    "an old kind": (lambda: OLE + bytes(5_000), opening.IS_OLD),
    "a password": (lambda: OLE + bytes(900) + OLE_PROTECTED, opening.HAS_PASSWORD),
    "a password of the zip file": (locked_parts, opening.HAS_PASSWORD),
    "a name that is no text": (unreadable_name, opening.DAMAGED),
    "a bomb": (bomb, opening.TOO_MUCH),
    "a bomb whose list lies": (
        lambda: workbooks.lying(bomb(), "xl/media/image1.xml", 100),
        opening.DAMAGED,
    ),
    "many parts": (
        lambda: workbooks.with_parts(workbooks.plain(), {f"x/{n}.xml": b"" for n in range(200)}),
        opening.TOO_MUCH,
    ),
    "many tags": (
        lambda: workbooks.with_parts(workbooks.plain(), {"xl/x.xml": b"<a/>" * 50_001}),
        opening.TOO_MUCH,
    ),
    "a million rows": (
        lambda: workbooks.with_sheet(
            workbooks.plain(),
            "Price",
            lambda text: text.replace("<sheetData>", "<sheetData>" + "<row/>" * 10**6),
        ),
        opening.TOO_MUCH,
    ),
    "packed otherwise": (
        lambda: workbooks.packed(workbooks.parts(workbooks.plain()), zipfile.ZIP_LZMA),
        opening.DAMAGED,
    ),
    "macros": (
        lambda: workbooks.with_parts(workbooks.plain(), {"xl/vbaProject.bin": b"Sub a()"}),
        opening.HAS_MACROS,
    ),
    "room for macros": (
        lambda: types(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"ms-excel.sheet.macroEnabled.main",
        ),
        opening.HAS_MACROS,
    ),
    "links to other files": (
        lambda: workbooks.with_parts(
            workbooks.plain(), {"xl/externalLinks/externalLink1.xml": b"<a/>"}
        ),
        opening.HAS_LINKS,
    ),
    "cut off": (lambda: workbooks.plain()[:-400], opening.DAMAGED),
    "a flaw in the zip file": (
        lambda: workbooks.plain()[:900] + bytes(40) + workbooks.plain()[940:],
        opening.DAMAGED,
    ),
    "broken XML": (
        lambda: workbooks.with_sheet(
            workbooks.plain(), "Price", lambda text: text[: len(text) // 2]
        ),
        opening.DAMAGED,
    ),
    "a number that is none": (
        lambda: workbooks.with_sheet(
            workbooks.plain(), "Price", lambda text: text.replace("<v>2300000</v>", "<v>2e3e4</v>")
        ),
        opening.DAMAGED,
    ),
    "entities that grow": (lambda: entities(LAUGHS), opening.DAMAGED),
    "entities that grow, in wide letters": (lambda: entities(LAUGHS, "utf-16"), opening.DAMAGED),
    "entities from outside": (lambda: entities(OUTSIDE), opening.DAMAGED),
    "no guide": (lambda: without("Read me first"), "its sheet “Read me first” is missing"),
    "another proposal": (
        lambda: workbooks.plain("RTP-2026-0777"),
        "This workbook is of another proposal, RTP-2026-0777.",
    ),
    "another proposal that is none": (
        lambda: workbooks.filled(workbooks.plain(), {("Read me first", "B3"): "<script>"}),
        "This workbook is of another proposal. Download",
    ),
    "an older form": (
        lambda: workbooks.filled(workbooks.plain(), {("Read me first", "B4"): "0123456789ab"}),
        "This workbook was made for an older form of these pages.",
    ),
}


@pytest.fixture
def draft(stored, people, scheme, client):
    client.force_login(people.editor)
    return stored(builders.draft_of, people)


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_workbook_of_ours_is_refused(kind):
    make, said = FILES[kind]
    content = make()
    assert len(content) < opening.MOST_BYTES
    began = time.process_time()
    with pytest.raises(Refused) as refused:
        read(content, REFERENCE)
    assert str(said) in str(refused.value)
    assert time.process_time() - began < 5


def test_the_page_says_why_and_nothing_is_changed(client, draft):
    address = reverse("proposals:workbook", args=[draft.reference])
    before = Section.objects.get(proposal=draft, key="money")
    kinds = ("a program", "macros", "another proposal that is none", "an older form")
    files = {kind: (FILES[kind][0](), str(FILES[kind][1])) for kind in kinds}
    files["nothing in it"] = (b"", "The file is empty.")
    files["50 MB"] = (bytes(50 * MEGABYTE), "The file is 50 MB; the most is 2 MB")
    files["a long text"] = (
        workbooks.filled(workbooks.plain(draft.reference), {("Price", "C11"): "a" * 301}),
        "Sheet Price, cell C11: your answer is 1 letter too long. The most is 300. Nothing was",
    )
    files["a word"] = (
        workbooks.filled(
            workbooks.plain(draft.reference), {("In-house costs", "D6"): "<script>alert"}
        ),
        "Sheet In-house costs, cell D6: “<script>alert” is not a number. Nothing was brought in.",
    )

    for kind, (content, said) in files.items():
        page = client.post(address, {"file": workbooks.sent(content)})
        assert page.status_code == 200, kind
        assert f"There is a problem {said}" in words(page), kind
        assert "<script>alert" not in page.content.decode()
    assert "There is a problem Choose the workbook that you filled in" in words(
        client.post(address)
    )
    after = Section.objects.get(proposal=draft, key="money")
    assert (after.answers, after.revision) == (before.answers, before.revision)
    assert Change.objects.count() == 0


CELLS = [
    (("Price", "C6"), "=cmd()", "“=cmd()” is a formula; type the number itself"),
    (("Price", "D6"), "=1+1", "“=1+1” is a formula; type the number itself"),
    (
        ("Price", "E6"),
        ArrayFormula("E6", "=SUM(C6:D6)"),
        "“=SUM(C6:D6)” is a formula; type the number",
    ),
    (("Price", "F6"), "tbc", "“tbc” is not a number"),
    (("Price", "G6"), 0, "the contract price for year 5 must be more than 0"),
    (("Income", "C6"), 1_200.5, "enter whole pounds without pence, like 1200"),
    (("Income", "D6"), -5, "enter 0 or more"),
    (("Income", "E6"), 100_000_000_001, "enter £100,000,000,000 or less"),
    (("Income", "F6"), 1e300, "enter £100,000,000,000 or less"),
    (("Income", "G6"), datetime.date(2027, 3, 3), "it holds a date; type the number itself"),
    (("Income", "C7"), "#REF!", "“#REF!” is an error of the workbook; type what belongs there"),
    (("Income", "D7"), True, "“True” is not a number"),
    (("Income", "E7"), "1,00", "“1,00” is not a number"),
    (("Assumptions", "C6"), "2031 to 2032", "“2031 to 2032” is not in the list; choose from it"),
    (("Assumptions", "C7"), datetime.date(2027, 3, 3), "it holds a date; type it in words"),
    (("Assumptions", "C8"), 1.5, "enter 100 or less"),
    (("In-house costs", "C10"), "=A1", "“=A1” is a formula; type words"),
    (("Cash", "C12"), True, "“True” is no answer"),
    (("Price", "C11"), "a" * 301, "your answer is 1 letter too long. The most is 300."),
]


@pytest.mark.parametrize(
    ("where", "value", "said"), CELLS, ids=[f"{a}-{b}" for (a, b), _, _ in CELLS]
)
def test_a_cell_that_cannot_be_taken_is_named(where, value, said):
    content = workbooks.filled(workbooks.plain(), {where: value})
    brought = read(content, REFERENCE)
    found = differences.differences(builders.MONEY, brought.answers)
    pages = differences.changed(builders.MONEY, found)
    told = [*brought.problems, *differences.problems(builders.MONEY, pages, brought.answers)]

    assert [(each.sheet, each.cell) for each in told] == [where]
    assert told[0].words.startswith(said)
    assert str(told[0]).startswith(f"Sheet {where[0]}, cell {where[1]}: {said}")


def test_a_formula_that_cells_share_is_one_in_each_of_them():
    def change(text):
        for year, cell in enumerate("CD"):
            shared = (
                '<f t="shared" ref="C6:D6" si="0">A1+1</f>'
                if not year
                else '<f t="shared" si="0"/>'
            )
            text = re.sub(rf'(<c r="{cell}6"[^>]*>)', rf"\1{shared}", text)
        return text

    brought = read(workbooks.with_sheet(workbooks.plain(), "Price", change), REFERENCE)
    assert [(each.cell, each.words) for each in brought.problems] == [
        ("C6", "“=A1+1” is a formula; type the number itself"),
        ("D6", "“=B1+1” is a formula; type the number itself"),
    ]


def rename(book):
    book["Price"].title = "Prices"
    del book["Cash"]


def insert(book):
    book["Own costs"].insert_rows(8)


def swap(book):
    book["Income"]["C4"], book["Income"]["D4"] = "Year 2", "Year 1"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            rename,
            [
                "The sheet “Price” is missing. Give it back its name, or download anew",
                "The sheet “Cash” is missing. Give it back its name, or download anew",
            ],
        ),
        (
            swap,
            [
                "Sheet Income, cell C4: this should say “Year 1” and says “Year 2”; put rows and columns back",
                "Sheet Income, cell D4: this should say “Year 2” and says “Year 1”; put rows and columns back",
            ],
        ),
    ],
)
def test_a_sheet_or_column_that_is_not_where_it_was_is_named(change, told):
    content = workbooks.filled(workbooks.plain(), {}, change)
    assert [str(each) for each in read(content, REFERENCE).problems] == told


def test_a_row_that_was_put_in_between_moves_no_figure_to_another_line():
    brought = read(workbooks.filled(workbooks.plain(), {}, insert), REFERENCE)

    assert [each.cell for each in brought.problems] == [f"A{row}" for row in range(8, 20)]
    assert str(brought.problems[0]) == (
        "Sheet Own costs, cell A8: this should say “Employer's National Insurance” and is empty; "
        "put rows and columns back"
    )
    assert not [key for key in brought.answers if key.startswith(("F9_ni", "F9_premises"))]


def test_all_that_is_wrong_is_told_at_once_up_to_a_bound(client, draft):
    cells = {
        (sheet, f"{column}{row}"): "tbc"
        for sheet, rows in (("Income", range(6, 12)), ("Own costs", range(6, 12)))
        for column, row in chain.from_iterable(
            ((column, row) for column in "CDEFG") for row in rows
        )
    }
    content = workbooks.filled(workbooks.plain(draft.reference), cells)
    address = reverse("proposals:workbook", args=[draft.reference])
    page = client.post(address, {"file": workbooks.sent(content)})

    assert len(cells) == 60
    assert "60 cells of the workbook cannot be taken. Nothing was brought in." in words(page)
    assert words(page).count("“tbc” is not a number") == 50
    assert "and 10 cells more" in words(page)


def test_what_lies_beside_and_below_our_cells_is_not_read():
    def rows(text):
        empty = "".join(f'<row r="{number}"/>' for number in range(500, 40_000))
        far = '<row r="150001"><c r="C150001"><f>1+1</f></c></row>'
        return text.replace("</sheetData>", f"{empty}{far}</sheetData>")

    content = workbooks.with_sheet(workbooks.plain(), "Price", rows)
    began = time.process_time()
    brought = read(content, REFERENCE)

    assert brought.problems == []
    assert differences.differences(builders.MONEY, brought.answers) == []
    assert time.process_time() - began < 5


def test_own_sheets_with_formulas_and_pictures_of_figures_stay_unread():
    def add(book):
        sheet = book.create_sheet("Workings", 1)
        sheet["A1"] = "=1+1"
        chart = BarChart()
        chart.add_data(Reference(book["Income"], min_col=3, min_row=4, max_row=8))
        book.create_chartsheet("A chart").add_chart(chart)

    brought = read(workbooks.filled(workbooks.plain(), {}, add), REFERENCE)
    assert brought.problems == []


def test_a_part_that_is_longer_than_its_list_says_is_never_unpacked_whole():
    content = workbooks.lying(bomb(), "xl/media/image1.xml", 0)
    with zipfile.ZipFile(io.BytesIO(content)) as archive, pytest.raises(zipfile.BadZipFile):
        archive.read("xl/media/image1.xml")
    with pytest.raises(Refused):
        read(content, REFERENCE)


@pytest.mark.slow
def test_one_text_of_megabytes_in_many_cells_takes_no_longer_than_one_that_a_cell_may_hold():
    letters = "e\u0301" * 2_000_000
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    shared = f'<sst xmlns="{workbooks.MAIN}"><si><t>{letters}</t></si></sst>'
    whole = workbooks.parts(types(b"</Types>", named.encode()))
    for name in [each for each in whole if each.startswith("xl/worksheets/sheet")]:
        text = whole[name].decode()
        pointed = r'<c r="\1" t="s"><v>0</v></c>'
        text = re.sub(r'<c r="([C-G]\d+)"[^>]*><v>.*?</v></c>', pointed, text)
        whole[name] = text.encode()
    whole["xl/sharedStrings.xml"] = shared.encode()
    content = workbooks.packed(whole)

    assert len(content) < MEGABYTE
    began = time.process_time()
    brought = read(content, REFERENCE)
    assert len(brought.problems) > 90
    assert time.process_time() - began < 8
