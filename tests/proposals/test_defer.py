"""A decision is put off once: the team is asked for what is missing, and learns nothing else."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity import clock
from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals import reference
from proposals.decision import actions as decision
from proposals.decision import deferring
from proposals.decision.models import Deferral, Outcome
from proposals.draft.models import ReasonCode, Request, Status
from proposals.review import requests
from proposals.review.requests import Wanted
from tests.at_once import at_once
from tests.factories import somebody
from tests.proposals import builders, officials
from tests.proposals.test_pages import CASE_PAGES, TEAM_PAGES, addresses

# What stands in the recommendation that is put off: nothing of it is the team's or the employer's.
INSIDE = (
    "shared rotas",
    "The calculation of 3 March",
    "Lower the price",
    "RC-S01",
    "ecommend",
    "ountersign",
    "eject",
)


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.COUNTERSIGNED, people, staff, Outcome.REJECTED)


def address(name, case, *more):
    return reverse(f"proposals:{name}", args=[case.reference, *more])


def typed(case, **changes):
    boxes = {"asks-TOTAL_FORMS": "3", "asks-INITIAL_FORMS": "0", "seen": case.revision}
    boxes |= {
        "asks-0-place": "quality/worse",
        "asks-0-code": "RC-F02",
        "asks-0-wanted": "A letter of the lender.",
        "answer_by-day": "31",
        "answer_by-month": "3",
        "answer_by-year": "2099",
    }
    return boxes | changes


def put_off(case, by, **changes):
    asked = Wanted(
        "quality", "worse", "A letter of the lender.", ReasonCode.objects.get(code="RC-F02")
    )
    said = {"asks": [asked], "answer_by": datetime.date(2099, 3, 31), "seen": case.revision}
    deferring.defer(proposal=case, by=by, **said | changes)
    return builders.again(case)


@pytest.mark.parametrize(
    ("who", "status"),
    [("reviewer", 403), ("countersigner", 403), ("lead", 404), ("viewer", 404), ("decider", 302)],
)
def test_the_third_person_puts_it_off_and_nobody_else(client, people, staff, case, who, status):
    client.force_login((vars(people) | vars(staff))[who])

    sent = client.post(address("defer", case), typed(case))

    assert sent.status_code == status
    assert Deferral.objects.count() == Request.objects.count() == (status == 302)
    if status == 302:
        fresh = builders.again(case)
        assert (fresh.status, fresh.answer_by) == (
            Status.CHANGES_REQUESTED,
            datetime.date(2099, 3, 31),
        )


def test_a_stranger_and_who_has_a_conflict_find_no_page(client, staff, case):
    for reader in (somebody(), staff.decider):
        client.force_login(reader)
        if reader == staff.decider:
            client.post(address("declare", case), {"declared": "conflict"})
        assert client.get(address("defer", case)).status_code == 404


def test_the_team_reads_what_is_asked_and_why_and_nothing_of_the_recommendation(
    client, people, staff, case
):
    Notification.objects.all().delete()
    case = put_off(case, staff.decider)

    told = Notification.objects.exclude(kind="employer.decided")
    chain = {("case.defer", each.pk) for each in (staff.reviewer, staff.countersigner)}
    asked = {("proposal.ask_changes", person.pk) for person in vars(people).values()}
    assert {(each.kind, each.user_id) for each in told} == chain | asked
    client.force_login(people.lead)
    for page in (address("requests", case), address("request_answer", case, 1)):
        words = client.get(page).content.decode()
        assert "A letter of the lender." in words
        assert "Why we ask: The source of working capital is not confirmed (RC-F02)" in words
    names = (staff.reviewer.name, staff.countersigner.name, staff.decider.name)
    pages = addresses(case, [*TEAM_PAGES, "requests", "resubmit"])
    client.logout()
    pages.append(officials.opened(client, officials.live(case)))
    client.force_login(people.lead)
    for page in pages:
        words = client.get(page).content.decode()
        assert [each for each in (*INSIDE, *names) if each in words] == [], page
    assert client.get(address("letter", case)).status_code == 404
    for page in addresses(case, [*CASE_PAGES, "defer"]):
        assert client.get(page).status_code == 404


def test_officials_read_why_and_that_it_was_put_off(client, staff, case):
    case = put_off(case, staff.decider)
    client.force_login(staff.reviewer)

    words = client.get(address("case", case)).content.decode()

    assert "RC-F02 The source of working capital is not confirmed" in words
    assert "Asked the team once more, in place of deciding." in words
    assert not case.recommendations.standing().exists()
    assert client.get(address("case_letter", case)).status_code == 404


def test_after_the_new_version_the_chain_starts_again_and_cannot_be_put_off_again(
    client, people, staff, case
):
    case = builders.resubmit(put_off(case, staff.decider), people)
    assert (case.status, case.answer_by) == (Status.ASSESSING, None)
    # Whoever decides on the new version may be who made another link of the chain before.
    case = builders.recommend(case, staff)
    decision.countersign(proposal=case, seen=case.revision, by=staff.decider)
    case = builders.again(case)
    client.force_login(staff.fourth)

    page = client.get(address("defer", case))

    assert "It was deferred once already." in page.content.decode()
    assert "Ask the team once more</button>" not in page.content.decode()
    assert client.post(address("defer", case), typed(case)).status_code == 403
    with pytest.raises(PermissionDenied, match="deferred once"):
        put_off(case, staff.fourth)
    assert Deferral.objects.count() == 1
    decision.decide(proposal=case, seen=case.revision, by=staff.fourth)
    assert builders.again(case).status == Status.DECIDED


def test_it_can_be_put_off_before_it_is_countersigned(stored, people, staff):
    case = stored(builders.proposal_at, Status.RECOMMENDED, people, staff)
    assert put_off(case, staff.countersigner).status == Status.CHANGES_REQUESTED


def test_requests_of_reviewers_have_no_reason_and_keep_their_numbers(people, staff, case):
    case = builders.resubmit(put_off(case, staff.decider), people)
    builders.ask_changes(case, staff, ("staff", "worries"))

    asked = Request.objects.order_by("number").values_list("number", "code__code")
    assert list(asked) == [(1, "RC-F02"), (2, None)]


def test_what_is_typed_wrong_is_said_in_words_and_kept(client, staff, case):
    client.force_login(staff.decider)
    today = clock.today()
    for changes, said in (
        ({"asks-0-wanted": ""}, "Say what is missing"),
        ({"asks-0-code": ""}, "Choose a reason from the list"),
        ({"asks-0-code": "RC-Z99"}, "Choose a reason from the list"),
        ({"asks-0-place": "x/y"}, "Choose the page that it is about"),
        ({"answer_by-year": ""}, "must include a year"),
        ({"answer_by-year": str(today.year - 1)}, "Enter a date on or after"),
        (dict.fromkeys(("asks-0-place", "asks-0-code", "asks-0-wanted"), ""), "Ask at least one"),
        ({"asks-TOTAL_FORMS": "x"}, "This page did not load whole"),
    ):
        page = client.post(address("defer", case), typed(case, **changes))
        assert page.status_code == 200, said
        assert said in page.content.decode(), said
    with pytest.raises(ValidationError):
        put_off(case, staff.decider, asks=[])
    assert builders.again(case).status == Status.COUNTERSIGNED


def test_its_page_costs_few_queries_and_its_event_has_codes_and_no_words(client, staff, case):
    client.force_login(staff.decider)
    client.get(address("defer", case))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address("defer", case)).status_code == 200
    assert len(asked) <= 10, [query["sql"][:150] for query in asked]

    put_off(case, staff.decider)
    event = Event.objects.of(case).last()
    assert (event.kind, event.data) == ("proposal.defer", {"requests": 1, "reasons": ["RC-F02"]})


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_it_off_and_decide_at_once_one_does(stored):
    stored(reference.load)
    people, staff = stored(builders.team), stored(builders.officials)
    case = stored(builders.proposal_at, Status.COUNTERSIGNED, people, staff)

    results = at_once(
        lambda: put_off(case, staff.decider),
        lambda: decision.decide(proposal=case, seen=case.revision, by=staff.fourth),
    )

    [lost] = [result for result in results if isinstance(result, Exception)]
    assert isinstance(lost, MovedOn)
    assert Deferral.objects.count() == requests.Request.objects.count()
    assert Deferral.objects.count() + case.decisions.count() == 1
