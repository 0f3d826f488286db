"""Questions that are tables, on the pages of a draft: saved, put right, joined, shown."""

import json

import html5lib
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from activity.rows import RowsField
from proposals.draft.actions.writing import mark_of
from proposals.draft.completeness import Progress, progress_of
from proposals.draft.models import Section, Status, Version
from proposals.draft.questions import Table, topic, topics
from proposals.draft.topics.service import LinksForm, PlacesForm, UnderWayForm
from proposals.draft.topics.support import HelpForm
from tests.proposals import builders

SERVICE = topic("service")
LINKS = SERVICE.page("links")
texts = st.text()


def cell(number, key, question="S14"):
    return f"{question}-{number - 1}-{key}"


def one(service="Hostels", direction="both", risk="One closes"):
    return {"service": service, "direction": direction, "risk": risk}


def sent(*rows, question="S14"):
    return {
        cell(n, key, question): text for n, row in enumerate(rows, 1) for key, text in row.items()
    }


def kept(proposal):
    row = Section.objects.filter(proposal=proposal, key="service").first()
    return row.answers.get("S14", []) if row else []


def address(proposal):
    return LINKS.address(proposal.reference, "service")


def post(client, proposal, *rows, seen=None, **more):
    answers = Section.objects.get(proposal=proposal, key="service").answers
    seen = mark_of(answers, LINKS) if seen is None else seen
    return client.post(address(proposal), {**sent(*rows), "seen": seen, **more})


@pytest.fixture
def draft(stored, people, client):
    client.force_login(people.editor)
    return stored(builders.draft_of, people, complete=False)


@pytest.mark.slow
@given(
    st.lists(st.fixed_dictionaries({"service": texts, "direction": texts, "risk": texts})),
    texts,
    st.lists(texts),
    st.fixed_dictionaries({"day": texts, "month": texts, "year": texts}),
)
def test_typed_then_kept_then_typed_is_the_same_for_any_text(rows, text, several, date):
    """But for NUL, which the database cannot keep, and empty rows at the end of a table."""
    answers = {"S14": rows, "S12_details": text, "H1": several, "S12_on": date}
    for form in (LinksForm, UnderWayForm, HelpForm):
        typed = form(data=answers).typed()
        json.dumps(typed)
        assert form(data=typed).typed() == typed
        again = dict(pair for name in typed for pair in form(data=typed).sent(name))
        if form is not HelpForm:
            assert form(data=again).typed() == typed
        for name, answer in typed.items():
            if name in ("S12_details", "H1"):
                assert json.dumps(answer) == json.dumps(answers[name]).replace("\\u0000", "\\ufffd")


def test_rows_are_saved_and_the_page_left(client, draft):
    page = post(client, draft, one(), {"service": "", "direction": "", "risk": ""})

    assert page.url == reverse("proposals:tasks", args=[draft.reference])
    assert kept(draft) == [one()]


def test_a_page_shows_three_rows_and_each_cell_says_where_it_is(client, draft):
    words = client.get(address(draft)).content.decode()

    assert [f'name="{cell(n, "service")}"' in words for n in (1, 2, 3, 4)] == [True] * 3 + [False]
    assert 'aria-label="Service, row 2"' in words
    assert "remove-S14" not in words


def test_add_another_saves_what_was_typed_and_shows_a_row_more(client, draft):
    page = post(client, draft, one(), one("x"), one("y"), then="add-S14")

    assert page.url == f"{address(draft)}?S14=4#id_S14-3-service"
    assert kept(draft) == [one(), one("x"), one("y")]
    words = client.get(page.url).content.decode()
    assert f'name="{cell(4, "service")}"' in words
    assert f'name="{cell(5, "service")}"' not in words


def test_remove_takes_one_row_away_and_saves_the_others(client, draft):
    page = post(client, draft, one(), one("x"), one("y"), then="remove-S14-2")

    assert page.url.startswith(address(draft))
    assert kept(draft) == [one(), one("y")]


@pytest.mark.parametrize(
    "then",
    ["add-S1", "remove-S14-99", "remove-S14-0", "remove-S14", "add-nothing", "add-S14-x", "x"],
)
def test_a_button_that_is_none_loses_nothing(client, draft, then):
    assert post(client, draft, one(), then=then).status_code == 302
    assert kept(draft) == [one()]


def test_wrong_rows_are_kept_and_the_summary_leads_to_the_very_cell(client, draft):
    page = post(client, draft, one(), one(direction="sideways", risk="x" * 301))

    words = page.content.decode()
    assert page.status_code == 200
    assert f'<a href="#id_{cell(2, "direction")}">Row 2: choose who depends on whom</a>' in words
    assert f'<a href="#id_{cell(2, "risk")}">Row 2: your answer is 1 letter too long' in words
    assert f'id="id_{cell(2, "risk")}-error"' in words
    assert kept(draft)[1]["risk"] == "x" * 301
    assert "x" * 301 in client.get(address(draft)).content.decode()


def test_what_was_wrong_is_put_right_on_the_page_that_said_so(client, draft):
    """The mark of a page that was sent is that of what is kept now: no clash with oneself."""
    places = SERVICE.page("places")
    where = places.address(draft.reference, "service")
    typed = sent({"area": "Leicester"}, question="S7")
    wrong = sent({"postcode": "LE1", "what": "A room"}, question="S8")
    page = client.post(where, {**typed, **wrong, "seen": client.get(where).context["mark"]})
    assert page.status_code == 200

    right = sent({"postcode": "LE1 1NN", "what": "A room"}, question="S8")
    again = client.post(where, {**typed, **right, "seen": page.context["mark"]})

    assert again.status_code == 302


@pytest.mark.parametrize("most", ["0", "9999", "-1", "x", "٣"])
def test_an_address_cannot_ask_for_rows_without_end(client, draft, most):
    words = client.get(f"{address(draft)}?S14={most}").content.decode()

    assert f'name="{cell(3, "service")}"' in words
    assert f'name="{cell(51, "service")}"' not in words


def test_after_the_last_row_there_is_no_button_for_another(client, draft):
    page = post(client, draft, *[one()] * 50, then="add-S14")
    words = client.get(page.url).content.decode()

    assert "add-S14" not in words
    assert "50 is the most" in words
    assert f'name="{cell(51, "service")}"' not in words


@pytest.mark.parametrize(
    "text", ["\x00nul", "<script>alert(1)</script>", "\u202eright", "x" * 100_000]
)
def test_whatever_is_in_a_cell_is_kept_and_shown_harmlessly(client, draft, text):
    page = post(client, draft, one(risk=text))

    assert page.status_code in (200, 302)
    assert kept(draft) == [one(risk=text.replace("\x00", "\N{REPLACEMENT CHARACTER}"))]
    for name in ("answers", "print"):
        shown = client.get(reverse(f"proposals:{name}", args=[draft.reference])).content.decode()
        assert "<script>alert" not in shown
        assert "Hostels" in shown


def test_a_clash_shows_both_tables_and_loses_no_row(client, draft, people):
    seen = mark_of(Section.objects.get(proposal=draft, key="service").answers, LINKS)
    post(client, draft, one("Their service"), seen=seen)
    client.force_login(people.lead)

    page = post(client, draft, one("My service"), seen=seen)

    words = page.content.decode()
    assert page.status_code == 409
    assert '<div class="app-pre">Their service</div>' in words
    assert "My service" in words
    joined = post(client, draft, one("Their service"), one("My service"))
    assert joined.status_code == 302
    assert len(kept(draft)) == 2


def test_what_was_not_in_the_clash_is_sent_along(client, draft, people):
    places = SERVICE.page("places")
    where = places.address(draft.reference, "service")
    row = Section.objects.get(proposal=draft, key="service")
    seen = mark_of(row.answers, places)
    areas = sent({"area": "Leicester"}, question="S7")
    mine = sent({"postcode": "LE1 1NN", "what": ""}, question="S8")
    theirs = sent({"postcode": "LE1 6TP", "what": ""}, question="S8")
    client.post(where, {**areas, **theirs, "seen": seen})
    client.force_login(people.lead)

    clash = client.post(where, {**areas, **mine, "seen": seen}).content.decode()

    assert '<input type="hidden" name="S7-0-area" value="Leicester">' in clash
    assert PlacesForm({**areas, **mine}).sent("S8") == [
        ("S8-0-postcode", "LE1 1NN"),
        ("S8-0-what", ""),
    ]


def test_rows_are_a_table_in_every_place_that_shows_answers(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    client.force_login(people.viewer)
    pages = [("answers", []), ("print", []), ("section", ["service"]), ("version", [1])]
    for name, more in pages:
        words = client.get(reverse(f"proposals:{name}", args=[proposal.reference, *more]))
        assert '<div class="app-pre">General practice</div>' in words.content.decode(), name
    client.force_login(staff.reviewer)
    case = client.get(reverse("proposals:case_version", args=[proposal.reference, 1]))
    assert '<div class="app-pre">General practice</div>' in case.content.decode()


def test_an_answer_of_rows_in_words():
    form = LinksForm(data={"S14": [one(), {}, one("x", "on-it")]})
    [(_name, _label, shown)] = form.shown()
    assert shown == Table(
        ["Service", "Who depends on whom?", "What could go wrong?"],
        [
            [
                ("Service", "Hostels"),
                ("Who depends on whom?", "Both"),
                ("What could go wrong?", "One closes"),
            ],
            [
                ("Service", "x"),
                ("Who depends on whom?", "We depend on it"),
                ("What could go wrong?", "One closes"),
            ],
        ],
    )
    assert [shown for *_, shown in LinksForm(data={}).shown()] == [""]


def test_a_frozen_table_is_canonical(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    frozen = Version.objects.get(proposal=proposal)

    assert frozen.content["sections"]["service"]["S14"] == builders.ANSWERED["service"]["S14"]
    assert frozen.is_intact()


def test_every_table_says_what_a_row_lacks_and_none_is_asked_twice(scheme):
    """Each table alone with one row in which nothing but the first cell is typed."""
    names = [name for about in topics() for page in about.pages for name in page.form.base_fields]
    assert len(names) == len(set(names))
    for about in topics():
        for page in about.pages:
            for name, field in page.form.base_fields.items():
                columns = getattr(field, "columns", {})
                if not isinstance(field, RowsField):
                    continue
                first = next(iter(columns))
                typed = {name: [dict.fromkeys(columns, "") | {first: "Something"}]}
                progress = progress_of(about, typed)
                assert progress.progress in (Progress.IN_PROGRESS, Progress.NEEDS_ATTENTION)
                for label in (each.label for each in columns.values()):
                    assert label, name


def cells_of(page):
    """Name -> text of every box of a table, as a browser reads the page.

    A browser drops a line break at the start of a textarea; html5lib does not when it is an entity.
    """
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    boxes = [*tree.iter("textarea"), *tree.iter("input")]
    return {
        box.get("name"): (box.text or "").removeprefix("\n")
        if box.tag == "textarea"
        else box.get("value", "")
        for box in boxes
        if (box.get("name") or "").startswith("S14-")
    }


@pytest.mark.parametrize("text", ["\n two lines \n", "  blanks  ", "&amp; <b>", "a\tb"])
def test_a_browser_reads_of_the_page_what_was_kept(client, draft, text):
    post(client, draft, one(service=text, risk=text))

    cells = cells_of(client.get(address(draft)).content.decode())

    assert (cells[cell(1, "service")], cells[cell(1, "risk")]) == (text, text)
