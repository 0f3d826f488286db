"""What a new version changed: in words and figures, for the team and for officials."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.draft import differing
from proposals.draft.models import Section, Status
from proposals.review import actions as review
from tests.factories import somebody
from tests.proposals import builders


def address(name, proposal):
    return reverse(f"proposals:{name}", args=[proposal.reference])


@pytest.fixture
def submitted(stored, people, staff):
    return stored(builders.proposal_at, Status.SUBMITTED, people, staff)


@pytest.fixture
def changed(stored, submitted, people, staff):
    typed = {
        "staff": {
            "U9": [
                {"worry": "Pensions", "answer": "They stay, as the scheme wrote to us."},
                {"worry": "Parking", "answer": "It is free."},
            ],
        },
        "employer": {"C6": "7"},
        "quality": {"Q5": "Records could be lost. We run both systems for two months."},
        "money": {
            "F5": builders.MONEY["F5"] | {"1": "2,250,000"},
            "F4_source": "Finance <b>plan</b>, May",
        },
        "model": {"M1": "cooperative"},
        "team": {"T1_job": "Ward sister"},
    }
    return stored(builders.submit_again, submitted, people, staff, typed)


def read(client, name, proposal, who, **query):
    client.force_login(who)
    return html.unescape(client.get(address(name, proposal), query).content.decode())


@pytest.mark.parametrize(
    ("name", "who"), [("versions_compare", "viewer"), ("case_versions_compare", "reviewer")]
)
def test_words_and_figures_that_differ_are_shown_and_no_others(
    client, changed, people, staff, name, who
):
    page = read(client, name, changed, (vars(people) | vars(staff))[who])

    assert "8 answers differ between version 1 and version 2." in page
    assert "2 more" in page
    assert "£2,300,000" in page
    assert "£50,000 less" in page
    assert "Co-operative society" in page
    assert "two months." in page
    assert "<del" in page
    assert "<ins" in page
    assert "Parking" in page
    assert "as the scheme wrote to us" in page
    assert "Pensions: Your answer" in page
    assert "Ward sister" in page
    assert "One-off costs to the public" not in page
    assert "Your service" not in page.split("<main")[1].replace(changed.title, "")


def test_what_was_typed_is_escaped(client, changed, people):
    client.force_login(people.lead)
    page = client.get(address("versions_compare", changed)).content.decode()
    assert "Finance &lt;b&gt;plan" in page


@pytest.mark.parametrize(
    ("name", "who"), [("versions_compare", "lead"), ("case_versions_compare", "decider")]
)
def test_with_one_version_there_is_nothing_to_compare(client, submitted, people, staff, name, who):
    page = read(client, name, submitted, (vars(people) | vars(staff))[who])
    assert "There is one version" in page


def test_each_version_can_be_compared_with_the_one_before(client, changed, people, staff):
    third = builders.submit_again(changed, people, staff)

    latest = read(client, "versions_compare", third, people.lead)
    assert "Version 3 says the same as version 2." in latest
    for asked in ("2", "02", "1", "9", "x"):
        page = read(client, "versions_compare", third, people.lead, version=asked)
        is_second = "between version 1 and version 2" in page
        assert is_second == (asked == "2")


def test_a_draft_that_came_back_is_compared_with_nothing(client, submitted, people, staff):
    review.return_incomplete(
        proposal=submitted, missing="More.", seen=submitted.revision, by=staff.reviewer
    )
    section = Section.objects.get(proposal=submitted, key="quality")
    section.answers |= {"Q5": "A canary that nobody submitted."}
    section.save()

    assert "canary" not in read(client, "versions_compare", submitted, people.lead)
    client.force_login(staff.reviewer)
    assert client.get(address("case_versions_compare", submitted)).status_code == 404


def test_nobody_else_sees_what_changed(client, changed, staff):
    for name, who in (
        ("versions_compare", somebody()),
        ("versions_compare", staff.reviewer),
        ("case_versions_compare", somebody()),
    ):
        client.force_login(who)
        assert client.get(address(name, changed)).status_code == 404
    review.declare(proposal=changed, is_conflict=True, by=staff.reviewer)
    client.force_login(staff.reviewer)
    assert client.get(address("case_versions_compare", changed)).status_code == 404


def test_pages_of_two_versions_cost_few_queries(client, changed, people, staff):
    for name, who in (
        ("versions_compare", people.lead),
        ("case_versions_compare", staff.reviewer),
    ):
        client.force_login(who)
        client.get(address(name, changed))
        with CaptureQueriesContext(connection) as captured:
            client.get(address(name, changed))
        assert len(captured) <= 10, [query["sql"] for query in captured]


@pytest.mark.parametrize(
    ("before", "after", "figures"),
    [
        ("94", "95", "1 more"),
        ("1,000", "2,500", "1,500 more"),
        ("95", "94", "1 less"),
        ("", "94", ""),
        ("about 90", "94", ""),
        ("1,000", "1000", ""),
    ],
)
def test_a_figure_says_by_how_much(scheme, before, after, figures):
    (topic,) = differing.between(
        {"people": {"U1_headcount": before}}, {"staff": {"U1_headcount": after}}
    )
    assert [each.figures for each in topic.short] == [figures]
    assert topic.texts == []


NURSING = {"worry": "Pensions", "answer": "They stay."}
PARKING = {"worry": "Parking", "answer": "It is free."}


@pytest.mark.parametrize(
    ("before", "after", "differences"),
    [
        ([NURSING, PARKING], [PARKING, NURSING], []),
        ([NURSING], [NURSING, {}, PARKING], [("Parking", "", "Parking; It is free.", "New")]),
        ([NURSING, PARKING], [PARKING], [("Pensions", "Pensions; They stay.", "", "Taken out")]),
        (
            [NURSING, PARKING],
            [NURSING | {"answer": "They go."}, PARKING],
            [("Pensions: Your answer", "They stay.", "They go.", "")],
        ),
        (
            [NURSING, PARKING],
            [NURSING | {"worry": "The pensions"}, PARKING],
            [("The pensions: Worry", "Pensions", "The pensions", "")],
        ),
        ([NURSING, NURSING], [NURSING], [("Pensions", "Pensions; They stay.", "", "Taken out")]),
    ],
)
def test_of_a_table_only_the_rows_that_changed_are_shown(scheme, before, after, differences):
    found = differing.between({"staff": {"U9": before}}, {"staff": {"U9": after}})
    shown = [
        (each.label, each.before, each.after, each.figures)
        for topic in found
        for each in topic.differences
    ]
    assert shown == differences


def test_a_figure_in_a_table_says_by_how_much(scheme):
    before = [builders.RISK, builders.RISK | {"risk": "A fire"}]
    after = [builders.RISK, builders.RISK | {"risk": "A fire", "impact": "5"}]
    (topic,) = differing.between({"support": {"R": before}}, {"support": {"R": after}})
    assert [(each.label, each.before, each.after, each.figures) for each in topic.short] == [
        ("A fire: Bad (1 to 5)", "3", "5", "2 more"),
        ("A fire: Score", "6", "10", "4 more"),
    ]
