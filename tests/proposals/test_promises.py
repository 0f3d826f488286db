"""What a team promises: worked out, signed, frozen, compared, printed, and read by whom."""

import hashlib
import html
import io
import json
from decimal import Decimal

import pypdf
import pytest
from django.urls import reverse

from activity.amounts import pounds
from proposals.draft import differing, freezing, printing
from proposals.draft.models import Section, Status, Version, VersionPdf
from proposals.draft.promises import (
    Commitment,
    Kind,
    frozen,
    listed,
    plain,
    promised,
    promised_in,
)
from tests.factories import somebody
from tests.proposals import builders
from tests.proposals.builders import INDICATOR

VISIT = (
    "Wait for a first visit (weeks): 5 now (2025), then 5 in year 1, 4 in year 2, 3 in year 3, "
    "2.5 in year 4 and 2 in year 5; never above 6."
)
NET = "Over five years, after one-off costs of £90,000, it saves the public £453,915."
MONEY = builders.answers(type("Employer", (), {"slug": "x"}))["money"]


def address(name, proposal, *more):
    return reverse(f"proposals:{name}", args=[proposal.reference, *more])


def read(client, name, proposal, who, *more):
    client.force_login(who)
    return html.unescape(client.get(address(name, proposal, *more)).content.decode())


def quality(*rows):
    return promised({"quality": {"Q1": list(rows)}})


def test_an_indicator_becomes_a_commitment_with_all_its_figures():
    [commitment] = quality(INDICATOR)
    assert commitment == Commitment(
        key="indicator:wait-for-a-first-visit",
        kind=Kind.INDICATOR,
        name="Wait for a first visit",
        says=VISIT,
        unit="weeks",
        direction="lower",
        baseline="5",
        period="2025",
        targets={1: "5", 2: "4", 3: "3", 4: "2.5", 5: "2"},
        minimum="6",
    )


def test_figures_are_kept_as_plain_numbers_and_shown_as_people_write_them():
    typed = {"unit": "visits", "direction": "higher", "baseline": "1,200", "minimum": "900"}
    [commitment] = quality(INDICATOR | typed | {f"year_{n}": "12500.50" for n in range(1, 6)})
    assert commitment.baseline == "1200"
    assert set(commitment.targets.values()) == {"12500.5"}
    assert (commitment.now, commitment.cells[0], commitment.limit) == ("1,200", "12,500.5", "900")
    assert "1,200 now (2025), then 12,500.5 in years 1 to 5; " in commitment.says
    assert commitment.says.endswith("never below 900.")
    assert commitment.about == "visits; now: 2025; more is better"
    assert quality(INDICATOR)[0].about == "weeks; now: 2025; less is better"


def test_years_in_a_row_with_one_target_are_said_together():
    targets = {"year_1": "5", "year_2": "5.0", "year_3": "4", "year_4": "5", "year_5": "2"}
    [commitment] = quality(INDICATOR | targets)
    assert "5 in years 1 and 2, 4 in year 3, 5 in year 4 and 2 in year 5; " in commitment.says


@pytest.mark.parametrize("cell", [key for key in INDICATOR if key != "reason"])
def test_an_indicator_that_is_not_answered_in_full_is_not_promised(cell):
    others = INDICATOR | {"name": "Falls"}
    for typed in ("", "\x00", "x" * 9999):
        if typed == "\x00" and cell in ("name", "unit", "source", "period"):
            continue
        assert [each.name for each in quality(INDICATOR | {cell: typed}, others)] == ["Falls"]


def test_a_name_written_in_another_way_is_the_same_promise():
    [commitment] = quality(
        INDICATOR, INDICATOR | {"name": "WAIT for a  first visit", "unit": "days"}
    )
    assert commitment.unit == "weeks"


def test_the_savings_are_two_commitments_in_pence():
    by_year, net = promised({"money": MONEY})
    assert (by_year.key, net.key) == ("money:saving", "money:net-saving")
    assert by_year.targets == {
        1: "2700000",
        2: "7996000",
        3: "12386100",
        4: "14868400",
        5: "16441000",
    }
    assert net.targets == {5: "45391500"}
    assert {by_year.unit, net.unit} == {"pence"}
    assert by_year.says == (
        "Compared with staying in-house, the service costs the public £27,000 less in year 1 (2025 "
        "to 2026), £79,960 less in year 2 (2026 to 2027), £123,861 less in year 3 (2027 to 2028), "
        "£148,684 less in year 4 (2028 to 2029) and £164,410 less in year 5 (2029 to 2030)."
    )
    assert net.says == NET
    assert by_year.cells == ["£27,000", "£79,960", "£123,861", "£148,684", "£164,410"]
    assert net.cells == ["", "", "", "", "£453,915"]
    assert (by_year.now, by_year.limit, net.about) == ("", "", "pounds; more is better")


def test_a_plan_that_costs_more_says_so_in_each_year_and_over_five():
    price = MONEY["F5"] | {"1": "2,400,000"}
    one_off = {"employer": "900,000", "team": "0", "grant": "0"}
    typed = MONEY | {"F1": "", "F5": price, "F7": one_off}
    by_year, net = promised({"money": typed})
    assert "costs the public £73,000 more in year 1, £79,960 less in year 2" in by_year.says
    assert by_year.cells[0] == "−£73,000"
    assert net.says == (
        "Over five years, after one-off costs of £900,000, it costs the public £456,085 more."
    )


@pytest.mark.parametrize(("line", "box"), [("F4", "3"), ("F5", "1"), ("F6", "5"), ("F7", "grant")])
def test_without_a_figure_that_the_sums_need_no_saving_is_promised(line, box):
    assert promised({"money": MONEY | {line: MONEY[line] | {box: ""}}}) == []


def test_without_any_cost_of_today_no_saving_is_promised():
    assert promised({"money": MONEY | {"F3": {}}}) == []
    assert promised({}) == []


def test_money_comes_first_whatever_is_answered_first():
    both = promised({"quality": {"Q1": [INDICATOR]}, "money": MONEY})
    assert [each.kind for each in both] == ["money", "money", "indicator"]


def test_words_of_figures_and_of_lists():
    assert [plain(Decimal(text)) for text in ("1200", "4.50", "0", "0.001")] == [
        "1200",
        "4.5",
        "0",
        "0.001",
    ]
    assert pounds(-2_108_500) == "−£21,085"
    assert [listed(list(parts)) for parts in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


# The page of the draft


@pytest.fixture
def draft(stored, people):
    return stored(builders.draft_of, people)


def test_the_whole_team_reads_what_it_promises_and_a_stranger_does_not(
    client, draft, people, staff
):
    for who in vars(people).values():
        page = read(client, "promises", draft, who)
        assert "£453,915" in page
        assert "Wait for a first visit" in page
        assert "once a year you enter the results" in page
        assert "not answered in full" not in page
    for stranger in (somebody(), staff.reviewer):
        client.force_login(stranger)
        assert client.get(address("promises", draft)).status_code == 404
    client.force_login(people.lead)
    assert client.post(address("promises", draft)).status_code == 405


def test_it_says_what_is_missing_and_where_to_enter_it(stored, client, people):
    draft = stored(builders.draft_of, people, complete=False)
    page = read(client, "promises", draft, people.lead)
    assert "No saving is promised yet" in page
    assert "No quality is promised yet" in page
    assert address("money", draft) in page
    assert "<table" not in page

    typed = {
        "Q1": [
            INDICATOR,
            INDICATOR | {"name": "Falls", "minimum": ""},
            dict.fromkeys(INDICATOR, ""),
        ]
    }
    Section.objects.create(proposal=draft, key="quality", answers=typed)
    page = read(client, "promises", draft, people.lead)
    assert "1 indicator is not answered in full, so it is not promised yet." in page
    assert address("page", draft, "quality", "indicators") in page


def test_tasks_answers_and_paper_lead_to_it(client, draft, people):
    for name in ("tasks", "answers"):
        assert address("promises", draft) in read(client, name, draft, people.viewer)
    section = read(client, "section", draft, people.viewer, "quality")
    assert address("promises", draft) in section
    assert VISIT in read(client, "print", draft, people.viewer)


# Signed and frozen


def test_those_who_sign_read_the_promises_and_so_does_who_submits(client, draft, people):
    asked = builders.ask_to_sign(draft, people)
    for said in (VISIT, NET):
        assert said in read(client, "sign", asked, people.editor)
    signed = builders.sign_all(asked)
    for said in (VISIT, NET):
        assert said in read(client, "submit", signed, people.lead)


@pytest.fixture
def submitted(stored, people, staff):
    return stored(builders.proposal_at, Status.SUBMITTED, people, staff)


def test_the_promises_are_frozen_under_the_hash_and_read_back_as_they_were(submitted):
    version = Version.objects.get(proposal=submitted)

    content = json.loads(version.text)
    kept = content["promises"]
    assert [each["key"] for each in kept] == [
        "money:saving",
        "money:net-saving",
        "indicator:wait-for-a-first-visit",
        "indicator:falls",
        "indicator:complaints",
    ]
    assert kept[2] == {
        "key": "indicator:wait-for-a-first-visit",
        "kind": "indicator",
        "name": "Wait for a first visit",
        "says": VISIT,
        "unit": "weeks",
        "direction": "lower",
        "baseline": "5",
        "period": "2025",
        "targets": {"1": "5", "2": "4", "3": "3", "4": "2.5", "5": "2"},
        "minimum": "6",
    }
    assert freezing.canonical(content) == version.text
    assert hashlib.sha256(version.text.encode()).hexdigest() == version.sha256
    assert promised_in(version) == promised(content["sections"])
    version.text = version.text.replace('"5":"2"', '"5":"3"')
    assert not version.is_intact()


def test_receipt_version_and_case_show_them_and_nobody_else_reads_them(
    client, submitted, people, staff
):
    shown = [
        ("receipt", [], people.lead),
        ("version", [1], people.viewer),
        ("case", [], staff.reviewer),
        ("case_version", [1], staff.reviewer),
    ]
    for name, more, who in shown:
        page = read(client, name, submitted, who, *more)
        assert VISIT in page, name
        assert NET in page, name
        client.force_login(somebody())
        assert client.get(address(name, submitted, *more)).status_code == 404


def old_version(proposal):
    """A version as it was frozen before promises were."""
    content = freezing.content_of(proposal, proposal.scheme)
    del content["promises"]
    text = freezing.canonical(content)
    return Version.objects.create(
        proposal=proposal,
        number=2,
        scheme=proposal.scheme,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def test_a_version_from_before_still_reads_verifies_compares_and_prints(
    client, submitted, people, staff
):
    old = old_version(submitted)
    assert old.is_intact()
    assert promised_in(old) is None
    before = "This version is from before promises were frozen."
    assert before in read(client, "version", submitted, people.lead, 2)
    assert before in read(client, "case", submitted, staff.reviewer)
    assert "What you promised" not in read(client, "receipt", submitted, people.lead)
    page = read(client, "versions_compare", submitted, people.lead)
    assert "between version 1 and version 2" in page
    assert 'id="promises"' not in page
    sections = printing.facts_of(old)["sections"]
    assert "What the team promises" not in [each["title"] for each in sections]


def test_a_promise_that_changes_is_shown_as_one(client, submitted, people, staff):
    rows = [
        INDICATOR | {"year_5": "1.5"},
        INDICATOR | {"name": "Complaints"},
        INDICATOR | {"name": "Late letters"},
    ]
    changed = builders.submit_again(submitted, people, staff, {"quality": {"Q1": rows}})

    for name, who in (("versions_compare", people.lead), ("case_versions_compare", staff.reviewer)):
        page = read(client, name, changed, who)
        section = page.split('id="promises">')[1].split("</section>")[0]
        assert VISIT in section
        assert VISIT.replace("and 2 in", "and 1.5 in") in section
        for words in ("Changed", "No longer promised", "Promised now"):
            assert section.count(words) == 1, words
        assert "Complaints" not in section
        # The last figure of one row, and the name of another.
        assert "2 answers differ" in page


def test_what_the_reviewers_asked_to_change_shows_the_promise_before_it_is_sent(
    stored, client, people, staff
):
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    asked = builders.ask_changes(case, staff, ("quality", "indicators"))
    section = Section.objects.get(proposal=asked, key="quality")
    section.answers["Q1"][0]["year_5"] = "1.5"
    section.save()

    page = read(client, "resubmit", asked, people.lead)

    assert VISIT.replace("and 2 in", "and 1.5 in") in page
    assert "What the team promises" in page


def test_equal_promises_differ_in_nothing():
    both = quality(INDICATOR)
    assert differing.promised(both, both) == []
    assert differing.promised(None, both) == differing.promised(both, None) == []
    assert frozen([]) == []


def test_the_pdf_says_them(submitted):
    printing.make_missing()

    pages = pypdf.PdfReader(io.BytesIO(bytes(VersionPdf.objects.get().data))).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "What the team promises" in words
    assert VISIT in words
    assert NET in words
