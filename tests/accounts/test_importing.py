"""What a file says of bodies, and what is wrong with it where."""

import datetime

import pytest

from accounts.importing import MOST_PROBLEMS, MOST_ROWS, read

HEAD = "name,kind"


def one(*lines, encoding="utf-8"):
    return read("\r\n".join(lines).encode(encoding))


def problems(*lines):
    return [(each.row, each.column, each.words) for each in one(*lines).problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";"])
def test_a_file_is_read_in_either_encoding_with_either_separator(encoding, mark):
    sheet = one(f"name{mark}kind", f"Cyngor Môn – “Môn”{mark}unitary", encoding=encoding)
    assert sheet.problems == []
    (row,) = sheet.rows
    assert (row.number, row.slug) == (2, "cyngor-mon-mon")
    assert row.values == {"name": "Cyngor Môn – “Môn”", "kind": "unitary"}


def test_every_column_is_read():
    sheet = one(
        "Name;Slug;Kind;Nation;Department;Successor;Starts on;Ends on;Mail domains;Other names",
        "Fens PCT;fens-pct;Primary care trust;Wales;doh;fens;1/4/2002;2013-04-01;"
        "fens.nhs.uk | @b.nhs.uk;Fens|The Fens",
    )
    assert sheet.problems == []
    assert sheet.rows[0].values == {
        "name": "Fens PCT",
        "slug": "fens-pct",
        "kind": "pct",
        "nation": "wales",
        "department": "doh",
        "successor": "fens",
        "starts_on": datetime.date(2002, 4, 1),
        "ends_on": datetime.date(2013, 4, 1),
        "mail_domains": ["fens.nhs.uk", "b.nhs.uk"],
        "other_names": ["Fens", "The Fens"],
    }


def test_a_cell_may_hold_the_separator_and_a_line_in_quotes_and_empty_rows_are_passed():
    sheet = one(HEAD, "", '"Fens, the ""Trust""",nhs-trust', ",")
    assert [(row.number, row.values["name"]) for row in sheet.rows] == [(3, 'Fens, the "Trust"')]


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("kind", "castle", "Write one of: department, agency"),
        ("nation", "France", "Write one of: england, wales"),
        ("starts_on", "31/4/2013", "Write a date that exists"),
        ("starts_on", "2013", "Write a date that exists"),
        ("slug", "Fens PCT", "Use letters from a to z"),
        ("mail_domains", "fens", "is no domain"),
        ("mail_domains", "a b.uk", "is no domain"),
        ("contact_address", "people at fens", "Write an e-mail address like"),
        ("contact_post", "x" * 101, "The most is 100 letters"),
        ("mail_domains", f"{'a' * 60}.{'b' * 60}.uk", "The most is 100 letters"),
        ("other_names", "x" * 201, "too long"),
        ("name", "x" * 201, "The most is 200 letters"),
        ("name", "=HYPERLINK(1)", "begins with “=”"),
        ("name", "+44", "begins with “+”"),
        ("name", "@fens", "begins with “@”"),
        ("name", "-1", "begins with “-”"),
        ("name", "a\u202eb", "cannot be read"),
        ("name", "a\x07b", "cannot be read"),
        ("name", "漢字", "Give a short name"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(column, cell, words):
    row = {"name": "Fens", "kind": "other", column: cell}
    (found,) = problems(HEAD, "Good,other", "") + problems(",".join(row), ",".join(row.values()))
    assert found[0] == 2
    assert found[1] in (column, "slug")
    assert words in found[2]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["kind", "other"], (1, "name")),
        (["name,kind,colour", "Fens,other,red"], (1, "colour")),
        (["name,kind,name", "Fens,other,x"], (1, "name")),
        ([HEAD, "Fens,"], (2, "kind")),
        ([HEAD, "Fens,other,more"], (2, "")),
        ([HEAD], (2, "")),
        ([HEAD, "Fens,other", "FENS,other"], (3, "slug")),
        (["name,kind,slug", "Fens,other,a", "fens,other,b"], (3, "name")),
        (["name,kind,starts_on,ends_on", "Fens,other,1/4/2013,1/4/2013"], (2, "ends_on")),
        (["name,kind", '"Fens,other'], (1, "")),
        ([""], (1, "name")),
    ],
)
def test_a_wrong_file_is_refused_whole(lines, found):
    sheet = one(*lines)
    assert found in [(each.row, each.column) for each in sheet.problems]


@pytest.mark.parametrize("content", [b"\x00\x01", b"PK\x03\x04\x00", b"\x81\x8d", b"x" * 2_000_001])
def test_what_is_no_csv_is_said_to_be_none(content):
    (problem,) = read(content).problems
    assert (problem.row, problem.column) == (1, "")


def test_five_thousand_rows_are_read_and_one_more_is_not():
    rows = [f"Body {n},other" for n in range(MOST_ROWS + 1)]
    assert len(one(HEAD, *rows[:MOST_ROWS]).rows) == MOST_ROWS
    (problem,) = one(HEAD, *rows).problems
    assert "5,001 rows. The most is 5,000" in problem.words


def test_no_more_problems_are_told_than_somebody_mends_at_once():
    assert len(one(HEAD, *["=x,other"] * 500).problems) == MOST_PROBLEMS
