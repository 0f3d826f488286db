"""The workbook of the money: there and back, what it would change, and that it happens as one."""

import datetime
import html
import io
import re
from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from activity import clock
from proposals.draft import actions
from proposals.draft.actions.writing import mark_of
from proposals.draft.models import Change, Section, Status
from proposals.draft.questions import topic
from proposals.money import reading as figures
from proposals.money.forms import read as read_answers
from proposals.money.savings import YEARS
from proposals.money.workbook import cells, layout
from proposals.money.workbook.differences import changed, differences, problems
from proposals.money.workbook.forms import sealed
from proposals.money.workbook.opening import Cell
from proposals.money.workbook.reading import read
from tests.factories import somebody
from tests.proposals import builders, workbooks
from tests.proposals.test_money import OLD

MONEY = topic("money")
REFERENCE = workbooks.REFERENCE
# Reading a workbook takes a tenth of a second: the cells are tried by themselves, and often.
FEW = settings(max_examples=8)


@pytest.fixture
def draft(stored, people, scheme, client):
    client.force_login(people.editor)
    return stored(builders.draft_of, people)


def address(draft, name="workbook"):
    return reverse(f"proposals:{name}", args=[draft.reference])


def kept(draft):
    return Section.objects.get(proposal=draft, key="money")


def downloaded(client, draft):
    return client.get(address(draft, "workbook_file")).content


def upload(client, draft, content, **more):
    return client.post(address(draft), {"file": workbooks.sent(content)}, **more)


def preview(client, draft, filled_in):
    content = workbooks.filled(downloaded(client, draft), filled_in)
    page = upload(client, draft, content)
    assert "differences" in page.context, flat(page)
    return page


def press(client, draft, page, **more):
    return client.post(address(draft), {"sheet": page.context["form"].initial["sheet"]}, **more)


def flat(page):
    main = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_a_stranger_and_an_official_find_nothing_and_who_may_only_read_is_refused(
    client, draft, people, staff
):
    content = downloaded(client, draft)
    seal = preview(client, draft, {("Price", "C6"): 1}).context["form"].initial["sheet"]
    before = kept(draft)
    for who, code in ((somebody(), 404), (staff.reviewer, 404), (people.viewer, 403)):
        client.force_login(who)
        assert client.get(address(draft)).status_code == code
        assert client.get(address(draft, "workbook_file")).status_code == code
        assert upload(client, draft, content).status_code == code
        assert client.post(address(draft), {"sheet": seal}).status_code == code
    client.logout()
    assert client.get(address(draft)).url.startswith("/accounts/sign-in/")
    assert (kept(draft).answers, kept(draft).revision) == (before.answers, before.revision)


def test_the_addresses_take_no_other_methods(client, draft):
    assert client.put(address(draft)).status_code == 405
    assert client.post(address(draft, "workbook_file")).status_code == 405


def test_a_text_that_is_being_signed_is_closed_to_workbooks(client, draft, people):
    content = downloaded(client, draft)
    page = preview(client, draft, {("Price", "C6"): 1})
    builders.ask_to_sign(draft, people)
    answers = reverse("proposals:section", args=[draft.reference, "money"])

    assert client.get(address(draft)).url == answers
    assert client.get(address(draft, "workbook_file")).url == answers
    assert upload(client, draft, content).status_code == 409
    assert press(client, draft, page).status_code == 409
    assert kept(draft).answers == builders.MONEY


def test_what_was_sent_back_takes_a_workbook_on_the_pages_that_were_asked_about(
    stored, client, people, staff
):
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    asked = builders.ask_changes(case, staff, ("money", "costs"))
    client.force_login(people.editor)
    price = workbooks.filled(downloaded(client, asked), {("Price", "C6"): 2_250_000})
    page = flat(upload(client, asked, price))
    assert "Sheet Price, cell C6: this page is closed, and says “£2,300,000”; put that back" in page

    costs = preview(client, asked, {("Own costs", "C9"): 119_000})
    press(client, asked, costs)
    assert kept(asked).answers["F9"]["premises_1"] == "119,000"


def test_what_was_sent_back_about_other_pages_is_closed_to_workbooks(client, people, staff):
    asked = builders.ask_changes(builders.proposal_at(Status.ASSESSING, people, staff), staff)
    client.force_login(people.editor)
    answers = reverse("proposals:section", args=[asked.reference, "money"])

    assert client.get(address(asked)).url == answers
    refused = upload(client, asked, workbooks.plain())
    assert refused.status_code == 403
    assert "The reviewers did not ask about this page" in flat(refused)


def test_every_question_of_its_pages_has_its_cell_and_no_cell_has_two(db):
    found = layout.boxes()
    asked = {name for page in layout.PAGES for name in page.form.base_fields}

    assert {box.name for box in found} == asked
    assert len({(box.sheet, box.cell) for box in found}) == len({box.key for box in found})
    assert len(found) == len({box.key for box in found})
    assert [page.key for page in MONEY.pages if page not in layout.PAGES] == ["finance"]


@pytest.mark.parametrize(
    "answers", [builders.MONEY, builders.CASE_B, OLD, {}], ids=["A", "B", "old", "empty"]
)
def test_the_same_figures_come_back_and_nothing_would_change(answers):
    content = workbooks.made(answers)
    brought = read(content, REFERENCE)

    assert brought.problems == []
    assert differences(answers, brought.answers) == []
    assert content == workbooks.made(answers)
    fresh = changed({}, differences({}, brought.answers))
    again = {name: typed for page in fresh.values() for name, typed in page.items()}
    now, then = read_answers(again), read_answers(answers)
    assert (figures.figures(now), figures.books(now)) == (
        figures.figures(then),
        figures.books(then),
    )


@pytest.mark.parametrize(
    ("case", "net", "share"),
    [(builders.MONEY, "£453,915", "4.02%"), (builders.CASE_B, "−£21,085", "−0.19%")],
)
def test_a_case_brought_in_by_workbook_comes_to_the_same_to_the_penny(
    client, draft, case, net, share
):
    Section.objects.filter(proposal=draft, key="money").update(answers={})
    content = workbooks.made(case, draft.reference)
    page = upload(client, draft, content)
    shown = press(client, draft, page, follow=True)

    assert net in flat(shown)
    assert share in flat(shown)
    assert figures.figures(read_answers(kept(draft).answers)) == figures.figures(read_answers(case))
    assert Change.objects.filter(proposal=draft, section="money").count() == len(layout.PAGES)


def test_a_workbook_that_another_program_saved_says_the_same():
    content = workbooks.as_others_save_it(workbooks.plain())
    brought = read(content, REFERENCE)

    assert brought.problems == []
    assert differences(builders.MONEY, brought.answers) == []


numbers = st.integers(-2_000_000, 200_000_000_000).map(str) | st.integers(0, 10**9).map(
    "{:,}".format
)
typed = numbers | st.sampled_from(["", "1.2m", "£1,200", "=1+1", "-5", "7.50", "#REF!"]) | st.text()


@example("%", "F2_inflation")
@given(typed, st.sampled_from(["F4_1", "F11_lowest", "F2_inflation", "F4_source", "F13_source"]))
def test_whatever_is_typed_in_a_box_is_read_back_as_it_was_or_refused(text, key):
    box = next(each for each in layout.boxes() if each.key == key)
    value = cells.value_of(box.field, text)
    is_text = isinstance(value, str)
    try:
        found = cells.text_of(box.field, Cell(value, "s" if is_text else "n", not is_text))
    except cells.Wrong:
        assert is_text
    else:
        assert found == cells.plain(box.field, text)


amounts = st.integers(0, 100_000_000_000).map("{:,}".format)
grids = st.fixed_dictionaries({}, optional={str(year): amounts for year in range(1, YEARS + 1)})
drafts = st.fixed_dictionaries(
    {
        "F1": st.sampled_from(["", "2024", "2009"]),
        "F2_inflation": st.decimals(0, 100, places=2).map(str),
        "F4": grids,
        "F4_source": st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
        "F7": st.fixed_dictionaries({}, optional={"team": amounts, "whole": amounts}),
        "F8": st.fixed_dictionaries({}, optional={"main_1": amounts, "fees_5": amounts}),
        "F11_lowest": st.integers(-(10**11), 10**11).map("{:,}".format),
        "F13_source": st.sampled_from(["", "loan", "equity"]),
    }
)


@pytest.mark.slow
@FEW
@given(drafts)
def test_any_draft_comes_back_as_it_was(answers):
    brought = read(workbooks.made(answers), REFERENCE)

    assert brought.problems == []
    assert differences(answers, brought.answers) == []
    assert problems(answers, {}, brought.answers) == []


def test_numbers_are_numbers_and_what_a_person_typed_is_never_a_formula():
    odd = {
        "F4_source": '=HYPERLINK("http://x")',
        "F6_reason": "@SUM(A1)",
        "F11_facility": "+44 bank\x07\uffff " + "a" * 2_000,
        "F4": {"1": "=1+1", "2": "1.2m", "3": "1,000"},
    }
    content = workbooks.made(odd, title="-2+cmd|'/c calc'!A0")
    book = load_workbook(io.BytesIO(content))
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]

    assert {cell.data_type for cell in every} == {"s", "n"}
    runs = [cell for cell in every if str(cell.value)[0] in "=+-@"]
    assert len(runs) == 5
    assert all(cell.quotePrefix for cell in runs)
    assert book["In-house costs"]["E6"].value == 1000
    brought = read(content, REFERENCE)
    assert differences(odd, brought.answers) == []
    assert [f"{each.sheet} {each.cell} {each.words}" for each in brought.problems] == [
        "In-house costs C6 “=1+1” is not a number",
        "In-house costs D6 “1.2m” is not a number",
    ]


def test_it_can_be_read_and_says_how_it_is_used(client, draft):
    answer = client.get(address(draft, "workbook_file"))
    book = load_workbook(io.BytesIO(answer.content))
    price = book["Price"]

    assert answer["Content-Disposition"] == f'attachment; filename="{draft.reference}-money.xlsx"'
    visible = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert visible == ["Read me first", *(str(title) for title, _key, _names in layout.PLAN)]
    assert book["Read me first"]["B2"].value == draft.title
    assert [price[cell].value for cell in ("A6", "C4", "C5", "C6")] == [
        *("Contract price", "Year 1", "2025 to 2026", 2_300_000),
    ]
    assert price["C6"].number_format.startswith('"£"#,##0')
    assert price.freeze_panes == "C6"
    assert price.protection.sheet
    assert not price["C6"].protection.locked
    assert price["A6"].protection.locked
    assert book["Assumptions"]["C8"].number_format == "0.00%"
    assert {rule.type for rule in book["Assumptions"].data_validations.dataValidation} == {
        *("list", "decimal"),
    }


def test_the_pages_ask_little_of_the_database(client, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(address(draft))
    with django_assert_max_num_queries(8):
        content = downloaded(client, draft)
    with django_assert_max_num_queries(8):
        upload(client, draft, workbooks.filled(content, {("Price", "C6"): 1}))


def test_each_money_page_leads_to_the_workbook_and_it_leads_back(client, draft):
    for page in MONEY.pages:
        shown = client.get(page.address(draft.reference, "money")).content.decode()
        assert f'href="{address(draft)}"' in shown
    assert f'href="{address(draft, "money")}"' in client.get(address(draft)).content.decode()


def test_the_preview_shows_what_would_change_and_writes_nothing(client, draft):
    before = kept(draft)
    page = preview(
        client,
        draft,
        {
            ("Price", "C6"): 2_250_000.0000000004,
            ("Income", "C9"): None,
            ("Income", "G10"): "£1,000",
            ("Assumptions", "C8"): 0.025,
            ("Assumptions", "C7"): "cash prices ",
            ("In-house costs", "C10"): "<b>Plan</b>",
            ("Cash", "C11"): -12_000,
        },
    )

    assert [
        (each.box.sheet, each.box.cell, each.before, each.after)
        for each in page.context["differences"]
    ] == [
        ("Assumptions", "C7", "Constant prices", "Cash prices"),
        ("Assumptions", "C8", "2%", "2.5%"),
        ("In-house costs", "C10", "Finance plan", "<b>Plan</b>"),
        ("Price", "C6", "£2,300,000", "£2,250,000"),
        ("Income", "G10", "£300,000", "£1,000"),
        ("Cash", "C11", "£150,000", "−£12,000"),
    ]
    assert "Contract price, year 1 Price, C6 £2,300,000 £2,250,000" in flat(page)
    assert "Net saving over five years £453,915 £503,915" in flat(page)
    assert "&lt;b&gt;Plan" in page.content.decode()
    assert "Staying in-house" not in flat(page)
    after = kept(draft)
    assert (after.answers, after.revision) == (before.answers, before.revision)
    assert Change.objects.count() == 0


def test_pressing_brings_in_all_pages_as_their_own_buttons_would(client, draft, people):
    new = {("Price", "C6"): 2_250_000, ("Own costs", "C6"): 1_690_000, ("Cost today", "C6"): None}
    done = press(client, draft, preview(client, draft, new), follow=True)

    assert done.redirect_chain == [(address(draft, "money_result"), 302)]
    assert "3 answers were brought in from the workbook." in flat(done)
    now = kept(draft).answers
    assert now["F5"] == builders.MONEY["F5"] | {"1": "2,250,000"}
    assert now["F9"] == builders.MONEY["F9"] | {"pay_1": "1,690,000"}
    assert "pay" not in now["F3"]
    assert {name: now[name] for name in now if name not in ("F3", "F5", "F9")} == {
        name: builders.MONEY[name] for name in now if name not in ("F3", "F5", "F9")
    }
    draft.refresh_from_db()
    assert draft.base_cost_pence == 55_000_000
    made = list(Change.objects.filter(proposal=draft).order_by("number"))
    assert [(each.page, each.by) for each in made] == [
        (key, people.editor) for key in ("today", "figures", "costs")
    ]
    assert made[1].before == {"F5": builders.MONEY["F5"]}
    history = client.get(reverse("proposals:history", args=[draft.reference]))
    assert "What it would save the public" in flat(history)


def test_pressed_twice_it_happens_once(client, draft):
    page = preview(client, draft, {("Price", "C6"): 2_250_000})
    press(client, draft, page)
    once = kept(draft)
    again = press(client, draft, page, follow=True)

    assert "Nothing was changed: the draft says already what the workbook says." in flat(again)
    assert kept(draft).revision == once.revision
    assert Change.objects.count() == 1


def test_a_workbook_as_the_draft_is_would_change_nothing(client, draft):
    page = upload(client, draft, downloaded(client, draft))
    assert "Nothing would change" in flat(page)
    assert 'name="sheet"' not in page.content.decode()


def save(draft, key, by, **boxes):
    page, answers = MONEY.page(key), kept(draft).answers
    form = page.form(data=answers | boxes)
    actions.save_page(draft, MONEY, page, form, seen=mark_of(answers, page), by=by)


def test_a_colleague_who_saved_first_loses_nothing_and_neither_does_the_workbook(
    client, draft, people
):
    new = {("Price", "C6"): 2_250_000, ("Own costs", "C6"): 1_690_000}
    page = preview(client, draft, new)
    save(draft, "costs", people.lead, F9=builders.MONEY["F9"] | {"it_1": "61,000"})
    theirs = kept(draft).answers

    refused = press(client, draft, page)

    assert refused.status_code == 409
    assert f"{people.lead} saved these figures at" in flat(refused)
    assert "Somebody saved these pages after the workbook was made: “The mutual's costs”" in flat(
        refused
    )
    assert kept(draft).answers == theirs
    assert [each.box.key for each in refused.context["differences"]] == [
        "F5_1",
        "F9_pay_1",
        "F9_it_1",
    ]
    assert press(client, draft, refused).status_code == 302
    assert kept(draft).answers["F9"]["it_1"] == "60,000"


def test_a_colleagues_save_of_a_page_that_the_workbook_leaves_alone_is_no_clash(
    client, draft, people
):
    page = preview(client, draft, {("Price", "C6"): 2_250_000})
    save(draft, "finance", people.lead, F15="no", F15_list=[])
    assert press(client, draft, page).status_code == 302
    assert kept(draft).answers["F5"]["1"] == "2,250,000"


def test_what_one_page_refuses_takes_back_what_others_saved(client, draft, people):
    page = preview(client, draft, {("Cost today", "C6"): 1, ("Own costs", "C6"): 2})
    save(draft, "costs", people.lead, F9=builders.MONEY["F9"] | {"pay_1": "3"})
    before = kept(draft)

    assert press(client, draft, page).status_code == 409

    assert (kept(draft).answers, kept(draft).revision) == (before.answers, before.revision)
    assert Change.objects.filter(page="today").count() == 0


def test_a_preview_is_good_for_its_proposal_its_person_and_a_day(client, draft, people):
    page = preview(client, draft, {("Price", "C6"): 2_250_000})
    seal = page.context["form"].initial["sheet"]
    other = builders.draft_of(people)
    before = kept(draft)

    for where, who, text in (
        (other, people.editor, seal),
        (draft, people.lead, seal),
        (draft, people.editor, f"x{seal}"),
        (draft, people.editor, ""),
    ):
        client.force_login(who)
        refused = client.post(address(where), {"sheet": text})
        assert "Choose the workbook again." in flat(refused)
    assert kept(draft).answers == before.answers
    assert kept(other).answers == builders.MONEY
    older = read(downloaded(client, draft), draft.reference)
    older = replace(older, marks=replace(older.marks, form="0123456789ab"))
    seal = sealed(older, before.answers, proposal=draft, by=people.editor)
    assert "Choose the workbook again." in flat(client.post(address(draft), {"sheet": seal}))
    with time_machine.travel(clock.now() + datetime.timedelta(hours=25)):
        client.force_login(people.editor)
        assert "Choose the workbook again." in flat(press(client, draft, page))
    assert kept(draft).answers == before.answers
