"""The officials' pages: declaring, the two voices, recommending, sending back, and their cost."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import cover
from activity import clock, counting
from activity.models import Notification
from proposals.decision.models import Outcome, Recommendation
from proposals.draft.models import (
    ConflictDeclaration,
    Proposal,
    ReasonCode,
    SchemeVersion,
    Status,
)
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.review import queue
from tests.factories import somebody
from tests.proposals import builders


@pytest.fixture
def case(stored, people, staff):
    """Being assessed, its employer has answered, and its gates are passed."""
    begun = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    return stored(builders.to_recommend, begun, staff)


def address(name, proposal):
    return reverse(f"proposals:{name}", args=[proposal.reference])


def advice(case, **typed):
    rows = {
        f"{name}-{part}_FORMS": "3" if part == "TOTAL" else "0"
        for name in ("reasons", "conditions")
        for part in ("TOTAL", "INITIAL")
    }
    drawn = {"seen": case.revision, "heard": "answered"}
    return {**drawn, "outcome": "approved", "good": "The rotas.", **rows, **typed}


def test_declaring_none_opens_the_case_and_a_conflict_can_come_later(client, people, staff, case):
    official = somebody("reviewer")
    client.force_login(official)

    assert "Say whether" in client.post(address("declare", case), {"declared": ""}).content.decode()
    opened = client.post(address("declare", case), {"declared": "none"})
    assert opened.url == address("case", case)
    assert client.get(opened.url).status_code == 200
    client.post(address("declare", case), {"declared": "conflict"})
    assert client.get(opened.url).status_code == 404
    assert ConflictDeclaration.objects.get(user=official).is_conflict


def test_a_note_is_for_officials_and_a_message_for_the_team(client, people, staff, case):
    client.force_login(staff.reviewer)
    Notification.objects.all().delete()
    client.post(address("notes", case), builders.said("Canary note"))
    client.post(address("case_messages", case), builders.said("Which bases close?"))

    assert "Canary note" in client.get(address("case", case)).content.decode()
    client.force_login(people.lead)
    page = client.get(address("messages", case)).content.decode()
    assert "Which bases close?" in page
    assert "Canary note" not in page
    assert staff.reviewer.name not in page
    told = Notification.objects.filter(kind="proposal.message")
    assert set(told.values_list("user", flat=True)) == {p.pk for p in vars(people).values()}
    client.post(address("messages", case), builders.said("Two of seven."))
    client.force_login(staff.reviewer)
    assert "Two of seven." in client.get(address("case_messages", case)).content.decode()


def test_a_viewer_and_a_draft_send_no_message(client, people, case):
    client.force_login(people.viewer)
    assert client.post(address("messages", case), builders.said("x")).status_code == 403
    client.force_login(people.lead)
    draft = builders.draft_of(people)
    assert client.post(address("messages", draft), builders.said("x")).status_code == 409
    assert not draft.messages.exists()


WRITTEN_LATE = {
    "conditions-0-text": "Lower the price",
    "conditions-0-owner": "The trust",
    "conditions-0-due_on-day": "1",
    "conditions-0-due_on-month": "4",
    "conditions-0-due_on-year": "2011",
    "conditions-0-evidence": "The contract",
}
SAID_TWICE = {"outcome": "rejected"} | {
    f"reasons-{row}-{name}": words
    for row in (0, 1)
    for name, words in (("code", "RC-Q01"), ("evidence", "The sums."), ("remedy", "A lower price."))
}


# What was typed otherwise than in a whole recommendation, and what is said of it.
LACKING = [
    ({"outcome": ""}, "Choose what you recommend"),
    ({"good": ""}, "Say what is good about the proposal"),
    ({"outcome": "rejected"}, "Give at least one reason for a rejection"),
    ({"outcome": "approved-with-conditions"}, "Give at least one condition"),
    ({"outcome": "rejected", "reasons-0-evidence": "x"}, "Choose a reason"),
    ({"outcome": "rejected", "reasons-0-code": "999999"}, "Choose a reason from the list"),
    ({"conditions-0-text": "x"}, "Say who sees to it"),
    ({"conditions-0-text": "x"}, "Enter the date by which it must be done"),
    ({"conditions-2-due_on-day": "1"}, "Say what must be done"),
    (WRITTEN_LATE, "The date must be in the future"),
    (SAID_TWICE, "Give each reason once"),
    ({"reasons-2-remedy": "x"}, "Say what shows it"),
]


@pytest.mark.slow
def test_a_recommendation_that_lacks_something_is_said_in_words(client, staff, case):
    client.force_login(staff.reviewer)

    for typed, words in LACKING:
        page = client.post(address("recommend", case), advice(case, **typed))
        assert page.status_code == 200, words
        assert words in page.content.decode(), typed
        assert not Recommendation.objects.exists(), words


def test_a_rejection_keeps_its_reasons_and_tells_the_decision_makers(client, people, staff, case):
    client.force_login(staff.reviewer)
    code = ReasonCode.objects.get(code="RC-S01")
    # The same code of a later scheme, and in another language, is another reason.
    later = SchemeVersion.objects.create(number=2, starts_on=datetime.date(2099, 1, 1))
    for scheme, language in ((later, "en-gb"), (code.scheme, "cy")):
        scheme.reasons.create(code="RC-S01", language=language, wording="x", evidence="x")
    typed = {
        "outcome": "rejected",
        "reasons-1-code": code.code,
        "reasons-1-evidence": "The sums.",
        "reasons-1-remedy": "A lower price.",
    }

    page = client.post(address("recommend", case), advice(case, **typed))

    assert page.url == address("case", case)
    reason = Recommendation.objects.get().reasons.get()
    assert (reason.code, reason.evidence, reason.remedy) == (code, "The sums.", "A lower price.")
    told = set(
        Notification.objects.filter(kind="proposal.recommend").values_list("user", flat=True)
    )
    assert told == {staff.countersigner.pk, staff.decider.pk, staff.fourth.pk}


def test_the_page_of_a_recommendation_shows_no_primary_key(client, staff, case):
    client.force_login(staff.reviewer)

    words = client.get(address("recommend", case)).content.decode()

    offered = set(re.findall(r'<option value="([^"]+)"', words))
    assert offered == {*ReasonCode.objects.values_list("code", flat=True), "F"}


def test_sending_back_says_why_to_officials_and_tells_the_recommender(client, people, staff, case):
    case = builders.recommend(case, staff)
    client.force_login(staff.countersigner)
    assert client.post(address("send_back", case), {"seen": case.revision}).status_code == 200

    client.post(address("send_back", case), {"seen": case.revision, "comment": "Year 3 again."})

    assert builders.again(case).status == Status.ASSESSING
    told = Notification.objects.get(kind="case.send_back")
    assert told.user == staff.reviewer
    assert "Year 3 again." in client.get(address("case", case)).content.decode()
    again = builders.recommend(builders.again(case), staff)
    assert again.recommendations.standing().count() == 1


def test_the_recommender_is_told_why_they_cannot_countersign(client, people, staff, case):
    both = somebody("reviewer", "decision-maker")
    builders.declare_none(case, both)
    staff.reviewer = both
    case = builders.recommend(builders.again(case), staff)
    client.force_login(both)

    words = client.get(address("countersign", case)).content.decode()

    assert "You recommended it, so another person must do this." in words
    assert client.post(address("countersign", case), {"seen": case.revision}).status_code == 403


VERBS = {
    "begin": "reviewer",
    "return_incomplete": "reviewer",
    "countersign": "decider",
    "decide": "decider",
    "release": "decider",
    "recall": "decider",
}


@pytest.mark.slow
def test_a_verb_whose_time_has_passed_says_so_to_whom_it_concerns(client, staff, case):
    for who in ("reviewer", "decider"):
        client.force_login(getattr(staff, who))
        for name, whom in VERBS.items():
            expected = 409 if who == whom else 403
            assert client.get(address(name, case)).status_code == expected, (who, name)
            pressed = client.post(
                address(name, case), {"seen": 0, "missing": "x", "reason": "x", "when": "now"}
            )
            assert pressed.status_code == expected, (who, name)


MOST = {"case": 10, "notes": 8, "case_messages": 8, "recommend": 12}


@pytest.mark.slow
@pytest.mark.parametrize("name", MOST)
def test_pages_of_a_case_cost_the_same_with_much_talk(client, people, staff, case, name):
    client.force_login(staff.reviewer)

    def queries():
        client.get(address(name, case))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(name, case)).status_code == 200
        return [query["sql"] for query in captured]

    few = queries()
    for n in range(30):
        case.notes.create(by=staff.countersigner, text=f"Note {n}")
        case.messages.create(by=people.lead, from_team=True, text=f"Message {n}")
    assert len(queries()) == len(few)
    assert len(few) <= MOST[name], few
    assert len(few) == len(set(few)), sorted(few)


@pytest.mark.slow
@pytest.mark.parametrize("status", [*WITH_OFFICIALS[:2], *WITH_OFFICIALS[3:], Status.REJECTED])
def test_a_case_costs_at_most_ten_queries_wherever_it_stands(stored, client, people, staff, status):
    proposal = stored(builders.proposal_at, status, people, staff, Outcome.REJECTED)
    for advice in proposal.recommendations.all():
        second = ReasonCode.objects.get(code="RC-Q01")
        advice.reasons.create(code=second, evidence="The table.", remedy="A target.")
    client.force_login(staff.fourth)
    client.get(address("case", proposal))

    with CaptureQueriesContext(connection) as captured:
        assert client.get(address("case", proposal)).status_code == 200
    asked = [query["sql"] for query in captured]
    assert len(asked) <= 10, [a[:110] + a[-150:] for a in asked]
    assert len(asked) == len(set(asked)), sorted(asked)


def test_a_long_queue_hides_no_case_of_another_and_is_counted_to_a_bound(
    staff, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(counting, "MOST", 3)
    for status, count in ((Status.SUBMITTED, 5), (Status.ASSESSING, 3), (Status.DECIDED, 2)):
        builders.many(count, status=status)
    visible = Proposal.objects.of_officials(staff.reviewer)
    cover.covering(staff.reviewer, clock.today())  # known once a request

    with django_assert_num_queries(1):
        counted = queue.counts(visible, staff.reviewer)

    assert counted == {
        "mine": "0",
        "nobody": "3+",
        "all": "3+",
        "begin": "3+",
        "assess": "3",
        "team": "0",
        "exempt": "0",
        "official": "3+",
        "silent": "0",
        "countersign": "0",
        "decide": "0",
        "release": "2",
        "mentioned": "0",
    }


def test_a_count_past_the_bound_is_said_so(client, staff, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 2)
    builders.many(3, status=Status.SUBMITTED)
    client.force_login(staff.reviewer)

    assert "<span>2+</span>" in client.get(reverse("proposals:work")).content.decode()


def older(client, page):
    """The texts of a page and of all that follow it by "Next page"."""
    words = client.get(page).content.decode()
    yield words
    while following := re.search(r'href="(\?after=[^"]+)"[^>]*rel="next"', words):
        words = client.get(page + following[1]).content.decode()
        yield words


@pytest.mark.parametrize(
    ("name", "who"), [("notes", "reviewer"), ("case_messages", "reviewer"), ("messages", "lead")]
)
def test_nothing_that_was_said_is_left_out(client, people, staff, case, name, who):
    person = vars(people).get(who) or vars(staff)[who]
    for n in range(60):
        case.notes.create(by=staff.countersigner, text=f"Words {n}.")
        case.messages.create(by=people.lead, from_team=True, text=f"Words {n}.")
    client.force_login(person)

    pages = list(older(client, address(name, case)))

    assert len(pages) == 3
    assert said(pages) == [f"Words {n}." for n in reversed(range(60))]


def test_steps_and_both_voices_are_one_history_newest_first_to_its_end(client, people, staff, case):
    at = clock.now()
    for n in range(30):
        # All at once: what tells two of them apart must carry across the pages too.
        case.notes.create(by=staff.countersigner, text=f"Words {n}.", at=at)
        case.messages.create(by=people.lead, from_team=True, text=f"Words {n + 30}.", at=at)
    client.force_login(staff.reviewer)

    pages = list(older(client, address("case", case)))

    assert len(pages) == 3
    assert sorted(said(pages)) == sorted(f"Words {n}." for n in range(60))
    assert "Submitted." in pages[-1]
    assert people.lead.name in pages[-1]
    assert "Declared no conflict of interest." in pages[-1]
    assert "Submitted." not in pages[0]


def said(pages):
    return [words for page in pages for words in re.findall(r"Words \d+\.", page)]


def test_only_a_decision_maker_gets_the_page_that_asks_for_a_decision_back(
    stored, people, staff, client
):
    proposal = stored(builders.proposal_at, Status.DECIDED, people, staff)
    address = reverse("proposals:recall", args=[proposal.reference])
    client.force_login(staff.reviewer)
    assert client.get(address).status_code == 403
    client.force_login(staff.fourth)
    builders.declare_none(proposal, staff.fourth)
    assert client.get(address).status_code == 200
