"""Reading a case by criterion: who may, what stands side by side, and the criteria themselves."""

import html
import re

import pgtrigger
import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals import reference_criteria
from proposals.draft import actions as draft
from proposals.draft.models import Criterion, CriterionWords, SchemeVersion, Status
from proposals.draft.models.criteria import is_among
from proposals.draft.questions import Table, topics
from proposals.employer.facts import FACTS
from proposals.review import actions as review
from proposals.review.reading import in_a_pane, is_wide
from tests.factories import somebody
from tests.proposals import builders, documents, officials

KEYS = [each.key for each in reference_criteria.CRITERIA]
CANARY = "Canary <b>to reviewers</b>"


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.ASSESSING, people, staff)


@pytest.fixture
def answered(people, staff):
    """A case whose employer disputes one figure and objects."""
    proposal = officials.submitted(people, staff)
    officials.checked(proposal, staff.reviewer)
    position = officials.OBJECTION | {"to_reviewers": CANARY}
    officials.answered(proposal, officials.facts(**officials.DISPUTED), position)
    return builders.again(proposal)


def address(case, key=""):
    return reverse("proposals:read", args=[case.reference, key]) if key else overview(case)


def overview(case):
    return reverse("proposals:reads", args=[case.reference])


def read(client, case, key=""):
    page = client.get(address(case, key))
    assert page.status_code == 200
    return html.unescape(page.content.decode())


@pytest.mark.parametrize(
    ("who", "code"),
    [
        *(("reviewer", 200), ("decider", 200), ("lead", 404), ("viewer", 404)),
        *(("barred", 404), ("silent", 302), ("stranger", 404), ("coordinator", 404)),
    ],
)
def test_only_officials_who_declared_none_read_it(client, people, staff, case, who, code):
    barred = somebody("reviewer")
    review.declare(proposal=case, is_conflict=True, by=barred)
    others = {"barred": barred, "silent": somebody("reviewer"), "stranger": somebody()}
    others["coordinator"] = somebody("coordinator")
    client.force_login((vars(people) | vars(staff) | others)[who])

    for each in (overview(case), address(case, "savings")):
        page = client.get(each)
        assert page.status_code == code
        if code == 302:
            assert page.url == reverse("proposals:declare", args=[case.reference])
        assert client.post(each).status_code in {code, 302, 405} - ({200} if code == 200 else set())


def test_a_criterion_that_there_is_not_is_not_found(client, staff, case):
    client.force_login(staff.reviewer)
    assert client.get(address(case, "charm")).status_code == 404


def test_each_criterion_shows_its_pages_its_levels_and_its_neighbours(client, staff, case):
    client.force_login(staff.reviewer)
    others = {key: titles(key) for key in KEYS}
    for place, each in enumerate(reference_criteria.CRITERIA):
        page = read(client, case, each.key)
        main = page.split("app-panes")[1]
        shown = set(re.findall(r'<h4 class="govuk-heading-s app-page" id="([\w-]+)">', main))
        assert shown == others[each.key], each.key
        assert all(level in page for level in each.levels)
        assert f"Weight {each.weight} of 100" in page
        assert ("Next: " in page) == (place < 11)
        assert ("Previous: " in page) == (place > 0)
        assert "has not answered yet" in page
    assert "The lease ends" in page  # the last is risk


def titles(key):
    """The ids of the pages that belong to a criterion, by the topics themselves."""
    places = next(each.places for each in reference_criteria.CRITERIA if each.key == key)
    return {
        f"{topic.key}-{page.key}"
        for topic in topics()
        for page in topic.pages
        if topic.key in places or f"{topic.key}/{page.key}" in places
    }


def test_what_is_computed_stands_with_its_criterion_alone(client, staff, case):
    client.force_login(staff.reviewer)
    savings, viability, staffed = (
        read(client, case, key) for key in ("savings", "viability", "staff")
    )
    assert "£453,915" in savings
    assert "Cost to the public, year by year" in savings
    assert "Would the mutual survive?" in viability
    assert "Staff have not voted" in staffed
    assert "453,915" not in staffed
    assert "Wait for a first visit" in read(client, case, "quality").split('id="evidence"')[1]


def test_documents_of_its_sections_stand_beside_and_no_others(client, people, staff):
    draft_of = builders.draft_of(people)
    documents.add(draft_of, people.lead, "Canary talks.pdf", section="staff", title="Talks <b>")
    documents.add(draft_of, people.lead, "Canary lease.txt", b"Lease.", section="assets")
    case = builders.sign_all(builders.ask_to_sign(builders.again(draft_of), people))
    draft.submit(proposal=case, seen=case.revision, by=people.lead)
    builders.declare_none(case, staff.reviewer)
    client.force_login(staff.reviewer)
    staffed = client.get(address(case, "staff")).content.decode()
    assert "Canary talks.pdf" in staffed
    assert "Talks &lt;b&gt;" in staffed
    assert "Canary lease" not in staffed
    assert "Canary lease.txt" in read(client, case, "assets")
    assert "None came with these sections" in read(client, case, "governance")
    lines = read(client, case)
    assert lines.count("1 document<") == 4  # staff, workforce, assets and risk


def test_the_employer_stands_beside_figure_by_figure(client, staff, answered):
    client.force_login(staff.reviewer)
    page = read(client, answered, "staff")
    beside = page.split('id="said-headcount"')[1].split('class="app-said"')[0]
    assert re.findall(r"<dd[^>]*>(?:<strong>)?([^<]+)", beside)[:4] == [
        "94",
        "90",
        "4 less",
        "Payroll, March",
    ]
    assert "Disputed" in beside
    assert "This is right" in page.split('id="said-fte"')[1]
    assert "We object to it" in page
    assert "Our plan of May costs less." in page
    assert 'href="#said-headcount"' in page.split('id="staff-staff"')[1].split("<h4")[0]
    governed = read(client, answered, "governance")
    assert "asked about no figure of this criterion" in governed
    assert "headcount" not in governed
    lines = read(client, answered)
    assert "1 of 2 figures disputed" in lines
    assert "No figure disputed" in lines
    assert "No figure of it was asked" in lines


def test_what_changed_shows_what_it_said_before_and_that_the_answer_is_older(
    client, people, staff, answered
):
    typed = {
        "staff": {"U1_fte": "82", "U10": "They may <i>stay</i> here."},
    }
    case = builders.submit_again(builders.again(answered), people, staff, typed)
    client.force_login(staff.reviewer)
    page = read(client, case, "staff")
    changed = page.split('id="staff-staff"')[1].split("<h4")[0]
    assert "Changed in version 2" in changed
    assert "0.5 more" in changed
    assert "keep their posts." in page.split('id="staff-staying"')[1]
    assert "Changed in version 2" not in page.split('id="staff-talks"')[1].split("<h4")[0]
    assert "It speaks of version 1, and nobody has answered about version 2." in page
    assert "The team changed it since. In version 2:" in page.split('id="said-fte"')[1]
    assert page.count("The team changed it since") == 1
    assert b"They may &lt;i&gt;" in client.get(address(case, "staff")).content
    lines = read(client, case)
    assert lines.count("Version 2</div>") == 2  # staff, and the workforce that has its numbers
    assert "nobody has about version 2" in lines


def test_what_is_for_reviewers_reaches_no_team_and_nobody_with_a_conflict(
    client, people, staff, answered
):
    client.force_login(staff.reviewer)
    assert "Our plan of May" in read(client, answered, "savings")
    review.declare(proposal=answered, is_conflict=True, by=staff.reviewer)
    for who in (staff.reviewer, people.lead):
        client.force_login(who)
        for key in ("", "savings"):
            page = client.get(address(answered, key))
            assert page.status_code == 404
            assert b"plan of May" not in page.content
            assert answered.title.encode() not in page.content


def test_it_takes_twelve_queries_and_the_overview_ten(client, staff, answered):
    client.force_login(staff.reviewer)
    for key, most in (("savings", 12), ("staff", 12), ("", 10)):
        client.get(address(answered, key))
        with CaptureQueriesContext(connection) as captured:
            client.get(address(answered, key))
        assert len(captured) <= most, "\n".join(each["sql"][:150] for each in captured)


def test_every_page_of_the_proposal_and_every_figure_of_the_employer_belongs_somewhere():
    criteria = reference_criteria.CRITERIA
    known = {f"{topic.key}/{page.key}" for topic in topics() for page in topic.pages}
    named = {place for each in criteria for place in each.places}
    placed = {place for place in known if is_among(named, *place.split("/"))}
    assert placed | set(reference_criteria.BESIDE) == known
    assert not placed & set(reference_criteria.BESIDE)
    assert {place for place in named if "/" in place} <= known
    assert {place for place in named if "/" not in place} <= {topic.key for topic in topics()}
    assert {fact.place for fact in FACTS} <= placed


def test_the_weights_make_a_hundred_and_what_is_loaded_is_never_changed(scheme):
    criteria = Criterion.objects.of_scheme(scheme)
    assert [each.key for each in criteria] == KEYS
    assert sum(each.weight for each in criteria) == 100
    first = criteria[0]
    assert (first.name, len(first.levels), str(first)) == ("Savings", 5, "savings")
    assert str(CriterionWords.objects.get(criterion=first)) == "Savings"
    rows = (Criterion.objects.filter(pk=first.pk), CriterionWords.objects.filter(criterion=first))
    for found, change in zip(rows, ({"weight": 1}, {"name": "X"}), strict=True):
        for write in (lambda f=found, c=change: f.update(**c), found._raw_delete):
            with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
                write(*([] if write != found._raw_delete else ["default"]))
    wrong = {"scheme": scheme, "key": "charm", "places": [], "position": 13, "weight": 5}
    for bad in ({"weight": 0}, {"weight": 101}, {"threshold": 5}, {"position": 1}, {"key": "risk"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Criterion.objects.create(**{"threshold": 1} | wrong | bad)
    with pytest.raises(IntegrityError), transaction.atomic():
        CriterionWords.objects.create(
            criterion=first, language="cy", name="Arbedion", about="", levels=["dim"] * 4
        )


def test_a_scheme_without_criteria_says_so(client, staff, case):
    reference_less = SchemeVersion.objects.create(number=2, starts_on="2030-01-01")
    with pgtrigger.ignore("proposals.Version:frozen"):
        case.versions.update(scheme=reference_less)
    client.force_login(staff.reviewer)
    assert "has no criteria" in read(client, case)
    assert client.get(address(case, "savings")).status_code == 404


def test_tables_fit_a_pane_or_stand_below_it():
    wide = [[("Line", "Pay")] + [(f"Year {n}", "£1") for n in range(1, 6)]]
    money = Table([head for head, _cell in wide[0]], wide, is_money=True)
    words = Table(["a", "b", "c", "d"], [[("a", "1"), ("b", "2"), ("c", ""), ("d", "4")]])
    assert is_wide(money)
    assert in_a_pane(money) is money
    assert in_a_pane(words).groups == (4,)
    assert not is_wide(in_a_pane(words))
    assert in_a_pane("words") == "words"
    small = Table(["a"], [[("a", "1")]])
    assert in_a_pane(small) is small
