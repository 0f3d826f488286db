"""Documents as PDFs: which letters they show, and that facts are never source."""

import datetime
import io

import pypdf
import pytest
import typst

from activity import printed
from activity.printed.letters import known

AT = datetime.datetime(2027, 3, 3, 14, 7, tzinfo=datetime.UTC)
TEMPLATE = """
#let facts = json(bytes(sys.inputs.at("facts")))
#set document(title: "A")
#set text(font: "DejaVu Sans", lang: "en", fallback: false)
#facts.text
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "one.typ"
    path.write_text(TEMPLATE)
    return path


def words(pdf):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain £5, é, “quoted”", "plain £5, é, “quoted”"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("中", "[U+4E2D]"),
        ("\x00\x07", "[U+0000][U+0007]"),
        ("\u202e\ufeff\u200b", "[U+202E][U+FEFF][U+200B]"),
        ("\ue000", "[U+E000]"),
        ("שלום مرحبا", "שלום مرحبا"),
    ],
)
def test_a_letter_that_cannot_be_shown_stands_as_its_number(typed, shown):
    assert printed.readable(typed) == shown


def test_every_letter_that_is_let_through_can_be_set(template):
    letters = [chr(number) for number in sorted(known())]
    text = " ".join(printed.readable(letter) for letter in letters)
    assert len(letters) > 5_000
    assert printed.made(template, {"text": text}, at=AT).startswith(b"%PDF")


def test_facts_are_never_source(template):
    typed = '#panic("run") $x$ #read("one.typ") \\ ]'
    assert typed in words(printed.made(template, {"text": typed}, at=AT))


def test_the_moment_is_that_of_the_facts(template):
    first, second = (printed.made(template, {"text": "a"}, at=AT) for _ in range(2))
    assert first == second
    assert pypdf.PdfReader(io.BytesIO(first)).metadata.creation_date == AT


def test_a_template_reads_no_file(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    path = tmp_path / "two.typ"
    for name in ("secret.txt", "../secret.txt", str(tmp_path / "secret.txt"), "/etc/hostname"):
        path.write_text(f'#read("{name}")')
        with pytest.raises(typst.TypstError):
            printed.made(path, {}, at=AT)
