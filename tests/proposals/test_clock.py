"""How a case's dates came about is said in full, and by what worked them out."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Organisation, Role
from activity.worktime import ENGLAND_AND_WALES, calendar_for, explain
from proposals.draft import clocks
from proposals.draft.models import Proposal, Status
from proposals.employer import clocks as of_employer
from proposals.employer import escalating
from proposals.review import actions as review
from tests.days import at
from tests.factories import somebody
from tests.proposals import builders, officials, test_silence

# A Wednesday: Good Friday is the 26th, and Easter Monday the 29th.
BEGAN = datetime.date(2027, 3, 3)
ASKED, BACK = datetime.date(2027, 3, 12), datetime.date(2027, 3, 18)


@pytest.fixture
def moved():
    with time_machine.travel(at(BEGAN), tick=False) as traveller:
        yield traveller


@pytest.fixture
def begun(stored, moved, people, staff):
    return stored(officials.asked, stored(builders.proposal_at, Status.ASSESSING, people, staff))


@pytest.fixture
def paused(begun, moved, people, staff):
    """Back from its team, which had it from Friday to Thursday."""
    moved.move_to(at(ASKED))
    asked = builders.ask_changes(begun, staff)
    moved.move_to(at(BACK))
    return sent_again(asked, people)


def sent_again(asked, people):
    builders.reply_all(asked, people)
    return builders.resubmit(builders.again(asked), people)


def page_of(case):
    return reverse("proposals:clock", args=[case.reference])


def read(client, case, reader):
    client.force_login(reader)
    page = client.get(page_of(case))
    assert page.status_code == 200
    return page


def words(page):
    return " ".join(page.content.decode().replace("&#x27;", "'").split())


def test_only_officials_who_may_open_the_case_read_it(client, begun, people, staff):
    for stranger in (people.lead, somebody(Role.ADVISER), somebody(Role.OBSERVER), somebody()):
        client.force_login(stranger)
        assert client.get(page_of(begun)).status_code == 404
    new = somebody(Role.REVIEWER)
    client.force_login(new)
    declare = reverse("proposals:declare", args=[begun.reference])
    assert client.get(page_of(begun)).url == declare
    client.post(declare, {"declared": "conflict"})
    assert client.get(page_of(begun)).status_code == 404
    client.force_login(staff.reviewer)
    assert client.post(page_of(begun)).status_code == 405


def test_every_start_pause_and_holiday_is_said(client, paused, staff):
    page = read(client, paused, staff.reviewer)
    said = words(page)

    assert "40 working days from 3 March 2027" in said
    assert "The clock stood still from 13 March 2027 to 18 March 2027." in said
    assert "Not counted: Good Friday (26 March 2027) and Easter Monday (29 March 2027)." in said
    assert "3 March 2027: Submitted" in said
    assert "13 March 2027 to 18 March 2027" in said
    assert "With the team: the clock stood still" in said
    assert "7 working days: 7 of 40" in said
    assert page.context["due"].due_on == paused.due_on
    assert not page.context["worked_out_anew"]
    assert "An official was asked" in said
    assert "the lead of its department:" in said


def test_it_is_linked_from_each_due_date(client, paused, staff):
    client.force_login(staff.reviewer)
    case, own = (
        reverse(f"proposals:{name}", args=[paused.reference]) for name in ("case", "employer_case")
    )
    for where in (case, own, reverse("proposals:work"), reverse("proposals:cases")):
        assert page_of(paused) in client.get(where).content.decode(), where


def test_a_clock_that_stands_still_and_one_that_ended_say_so(client, begun, moved, people, staff):
    moved.move_to(at(ASKED))
    asked = builders.ask_changes(begun, staff)
    moved.move_to(at(BACK))
    said = words(read(client, asked, staff.reviewer))
    assert "The clock stands still" in said
    assert "If it came back now" in said
    assert "was chosen by whoever asked it" in said

    stopped = builders.withdraw(asked, people)
    said = words(read(client, stopped, staff.reviewer))
    assert "The clock ended on 18 March 2027." in said
    assert "the lead of its department:" not in said


def test_a_promise_stays_when_the_calendar_is_another_by_now(client, begun, staff):
    promised = begun.due_on
    Proposal.objects.filter(pk=begun.pk).update(due_on=promised + datetime.timedelta(1))

    said = words(read(client, begun, staff.reviewer))

    assert "The promise stays" in said


def test_an_employer_that_answered_and_one_that_nobody_is_asked_at(client, begun, staff):
    officials.answered(begun)
    said = words(read(client, begun, staff.reviewer))
    assert "It answered on 3 March 2027." in said
    assert "others are told" not in said
    Proposal.objects.filter(pk=begun.pk).update(employer_due_on=None)
    assert "An official was asked" not in words(read(client, begun, staff.reviewer))


def test_the_employers_day_is_of_its_own_nation(client, stored, moved, people, staff):
    moved.move_to(at(datetime.date(2026, 12, 30)))
    case = builders.proposal_at(Status.ASSESSING, people, staff)
    Organisation.objects.filter(pk=case.employer_id).update(nation="scotland")
    case = officials.asked(builders.again(case))

    said = words(read(client, case, staff.reviewer))

    # 2 January is a Saturday, so that Monday is not worked there.
    assert "New Year Holiday (observed) (4 January 2027)" in said
    assert "Counted in the working days of Scotland" in said


def test_it_costs_eight_queries_whatever_happened(client, paused, moved, people, staff):
    client.force_login(staff.reviewer)
    client.get(page_of(paused))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(paused))
        return len(queries)

    first = cost()
    for name in ("one", "two", "three"):
        officials.checked(paused, staff.reviewer, name)
    assert cost() == first <= 8


# --- The day that is explained is the day that was promised ------------------------------------

days_apart = st.lists(st.integers(0, 40), min_size=1, max_size=7)


@given(
    st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 6, 1)), days_apart, st.integers(0, 400)
)
def test_a_promise_of_the_day_it_came_back_is_explained_so_on_any_later_day(began, apart, later):
    """Asked, answered, asked again; or set aside and brought back in between."""
    back = (Status.CHANGES_REQUESTED, Status.LAPSED, Status.CHANGES_REQUESTED, Status.ASSESSING)
    moves, day = [], began
    for number, days in enumerate(apart):
        day += datetime.timedelta(days)
        moves.append((back[number % 4], day))
    if moves[-1][0] != Status.ASSESSING:
        moves.append((Status.ASSESSING, day))
    calendar = calendar_for(ENGLAND_AND_WALES)

    promised = explain(began, 40, clocks.pauses_of(moves[:-1], day), calendar)
    explained = explain(
        began, 40, clocks.pauses_of(moves, day + datetime.timedelta(later)), calendar
    )

    assert explained.due_on == promised.due_on
    assert promised.due_on >= explain(began, 40, [], calendar).due_on


def explains_what_was_given(case):
    case = builders.again(case)
    asked = list(case.employer_invitations.order_by("-pk"))
    assert of_employer.explained(case, asked).due_on == asked[0].due_on
    return case


def test_the_employers_day_is_explained_whoever_is_asked_when(stored, moved, people, staff):
    moved.move_to(at(test_silence.BEGAN))
    case = explains_what_was_given(stored(test_silence.submitted, people, staff))
    # Another is asked in their place: the day stays, and so does what made it.
    moved.move_to(at(datetime.date(2027, 1, 20)))
    officials.checked(case, staff.reviewer)
    explains_what_was_given(case)
    # The lead of the department names somebody, who has days of their own; nobody takes these.
    moved.move_to(at(test_silence.DEPARTMENT))
    escalating.go_through_the_silent()
    live = test_silence.live(case)
    escalating.reply(escalation=live, by=test_silence.lead(live), **test_silence.named(case))
    explains_what_was_given(case)
    moved.move_to(at(datetime.date(2027, 2, 5)))
    officials.checked(case, staff.reviewer, "third")
    explains_what_was_given(case)
    # They answer, and another is asked anew about a later version: that is a new clock.
    officials.answered(builders.again(case))
    begun = review.begin(proposal=case, seen=builders.again(case).revision, by=staff.reviewer)
    asked = builders.ask_changes(builders.again(begun), staff)
    moved.move_to(at(datetime.date(2027, 3, 1)))
    again = sent_again(asked, people)
    officials.checked(again, staff.reviewer, "fourth")
    found = explains_what_was_given(again)
    assert found.employer_due_on > datetime.date(2027, 3, 20)


def test_a_body_of_a_department_is_asked_by_its_lead_in_days_of_their_own(
    stored, moved, people, staff
):
    moved.move_to(at(test_silence.BEGAN))
    case = stored(test_silence.submitted, people, staff)
    # Long before its day, so that the employer's own day is the later one and stays.
    moved.move_to(at(datetime.date(2027, 1, 6)))
    live = escalating.start(proposal=case, by=staff.reviewer)
    escalating.reply(escalation=live, by=test_silence.lead(live), reply="answers")
    explains_what_was_given(case)
