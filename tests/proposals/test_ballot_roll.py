"""Reading a roll: whatever a spreadsheet writes, whole or not at all, and what each row lacks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from proposals.ballot import rolls
from proposals.ballot.models import RollEntry, Status
from proposals.ballot.rolls import NotARoll, Voter, read
from tests.proposals import ballots, builders

LEAST = 3
THREE = [
    Voter("Ada Byron", "ada@x.example", "Nursing"),
    Voter("Émile Zola", "", "Nursing"),
    Voter("Wei, Li", "wei@x.example", ""),
]


def csv(*rows, head="name,e-mail address,group"):
    return "\r\n".join([head, *rows]).encode()


def refused(data, least=LEAST):
    with pytest.raises(NotARoll) as problem:
        read(data, least=least)
    return problem.value.problems


ROWS = ("Ada Byron,ada@x.example,Nursing", "Émile Zola,,Nursing", '"Wei, Li",wei@x.example,')


@pytest.mark.parametrize(
    "data",
    [
        csv(*ROWS),
        b"\xef\xbb\xbf" + csv(*ROWS),
        csv(*ROWS).decode().encode("cp1252"),
        csv(
            "Nursing;Ada Byron;ada@x.example;x",
            "Nursing;Émile Zola;;",
            ";Wei, Li;wei@x.example;",
            head="Group;Full name;EMAIL;Notes",
        ),
        csv("", " , ,", *ROWS, "", ",,"),
        csv(*ROWS).replace(b"\r\n", b"\n"),
        csv("Ada \t Byron,ada@x.example,Nursing\x00", *ROWS[1:]),
    ],
    ids=["plain", "bom", "windows", "semicolons", "blank rows", "lines", "control letters"],
)
def test_a_roll_is_read_as_spreadsheets_write_it(data):
    assert read(data, least=LEAST) == THREE


def test_names_alone_are_a_roll_of_letters():
    found = read(csv("Ada", "Ben", "Cy", head="name"), least=LEAST)
    assert found == [Voter("Ada"), Voter("Ben"), Voter("Cy")]


def test_a_formula_is_its_letters():
    found = read(csv("=1+1,,", "@SUM(A1),,", "Cy,,"), least=LEAST)
    assert [voter.name for voter in found] == ["=1+1", "@SUM(A1)", "Cy"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",a@x.example,Nursing", "Row 5: enter a name"),
        ("Dee,not an address,", "Row 5: “not an address” is no e-mail address."),
        (f"{'x' * 101},,", "Row 5: the name has more than 100 letters"),
        (f"Dee,,{'x' * 61}", "Row 5: the group has more than 60 letters"),
        ("ada BYRON,other@x.example,nursing", "Row 5: the same name and group as row 2."),
        ("Dee,ADA@x.example,", "Row 5: the same address as row 2"),
    ],
)
def test_a_row_that_is_wrong_is_named(row, said):
    [told] = refused(csv(*ROWS, row))
    assert told.startswith(said)


def test_a_row_is_numbered_as_the_spreadsheet_numbers_it():
    [told] = refused(csv("", *ROWS[:2], '"Wei\nLi",wei@x.example,', ",late@x.example,"))
    assert told == "Row 6: enter a name"


def test_rows_that_are_wrong_are_named_up_to_twenty_and_counted():
    told = refused(csv(*[f",v{n}@x.example," for n in range(30)]))
    assert len(told) == 21
    assert told[-1] == "10 more rows have something to mend."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file has no rows."),
        (csv(head="who,mail"), "Row 1: one heading must be “name”."),
        (csv(*ROWS[:2]), "There are 2 people on this roll. A secret vote needs 3"),
        (b"name\n\x81\n", "We cannot read the letters of this file."),
        (b'name\n"' + b"x" * 200_000, "We cannot read this file as CSV."),
    ],
)
def test_a_file_that_is_no_roll_is_refused(data, said):
    [told] = refused(data)
    assert told.startswith(said)


def test_more_people_than_may_be_are_refused(monkeypatch):
    monkeypatch.setattr(rolls, "MOST", 5)
    [told] = refused(csv(*[f"Voter {n},," for n in range(6)]))
    assert told.startswith("There are more than 5 people")


@pytest.mark.slow
@given(st.binary(max_size=200))
def test_whatever_is_sent_is_a_roll_or_says_why_not(data):
    try:
        found = read(b"name,group\n" + data, least=2)
    except NotARoll as problem:
        found = None
        said = problem.problems
    if found is None:
        assert all(said)
    else:
        assert len({(v.name.casefold(), v.group.casefold()) for v in found}) == len(found) >= 2


@pytest.fixture
def asked(stored, client, scheme):
    people = stored(builders.team)
    ballot = ballots.begin(stored(builders.draft_of, people), people.lead)
    return client, ballot, f"{ballots.link(client, ballot)}roll/"


def sent(client, page, data, name="roll.csv"):
    return client.post(page, {"roll": SimpleUploadedFile(name, data)})


def test_a_roll_is_shown_before_it_counts_and_replaced_until_codes_are_made(asked):
    client, ballot, address = asked
    many = csv(*[f"Voter {n},v{n}@x.example,{'Night' if n < 4 else 'Day'}" for n in range(12)])
    assert sent(client, address, many).url == address
    shown = client.get(address)
    words = shown.content.decode()
    assert "12 people" in words
    assert "Night: 4" in words
    assert "0 of them have no e-mail address" in words
    assert ballots.again(ballot).roll_checked_at is None
    mark = shown.context["check"]["shown"].value()

    # Another one, and the page that showed the first says nothing of it.
    more = csv(*[f"Other {n},,<b>Canary</b>" for n in range(11)])
    sent(client, address, more)
    assert client.post(address, {"shown": mark}).status_code == 409
    assert ballots.again(ballot).roll_checked_at is None
    words = client.get(address).content.decode()
    assert "&lt;b&gt;Canary" in words
    assert "<b>Canary" not in words

    mark = client.get(address).context["check"]["shown"].value()
    assert client.post(address, {"shown": mark}).status_code == 302
    ballot = ballots.again(ballot)
    assert ballot.roll_checked_at is not None
    assert ballot.on_roll == 11
    assert ballots.actions.make_codes(ballot=ballot, seen=0, by=ballots.holder(ballot))
    assert sent(client, address, many).status_code == 409
    assert RollEntry.objects.filter(ballot=ballot).count() == 11


def test_a_roll_with_a_mistake_keeps_nothing_of_it_and_leaves_what_was_there(asked):
    client, ballot, address = asked
    sent(client, address, csv(*[f"Voter {n},," for n in range(12)]))
    answer = sent(client, address, csv(*[f"Other {n},," for n in range(20)], ",,Nursing"))
    assert "Row 22: enter a name" in answer.content.decode()
    names = set(RollEntry.objects.values_list("name", flat=True))
    assert names == {f"Voter {n}" for n in range(12)}
    assert (
        "The file is 3 MB; the most is 2 MB"
        in sent(client, address, b"x" * 3 * 1024 * 1024).content.decode()
    )
    assert "Choose a file" in client.post(address, {}).content.decode()
    assert ballots.again(ballot).status == Status.PREPARING
