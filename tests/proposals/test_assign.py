"""Who answers for a case: who may be given one, who suits it best, and what that changes."""

import html
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role, Tie, User
from activity.models import Event, Notification
from activity.workflow import MovedOn
from mutuals_portal.interests import actions as interests
from proposals import reference
from proposals.draft.models import Member, Proposal, Status
from proposals.review import actions as review
from proposals.review import assigning
from proposals.review.ranking import Candidate, ranked
from proposals.waiting import for_anybody
from tests.at_once import at_once
from tests.factories import OrganisationFactory, somebody
from tests.proposals import builders


def page_of(case, name="assign"):
    return reverse(f"proposals:{name}", args=[case.reference])


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.ASSESSING, people, staff)


@pytest.fixture
def anna(scheme):
    """A reviewer who has not opened the case."""
    return somebody(Role.REVIEWER)


def give(case, to, by, shown=""):
    return assigning.assign(proposal=case, to=to, shown=shown, by=by)


def led_by(case):
    return builders.again(case).lead_reviewer


class TestWhoMay:
    def test_nobody_but_officials_who_opened_the_case_gives_it(self, client, case, people, anna):
        for who in (people.lead, somebody(), somebody(Role.ADVISER), anna):
            with pytest.raises(PermissionDenied):
                give(case, anna, who)
            client.force_login(who)
            answer = client.post(page_of(case), {"to": anna.email, "shown": ""})
            assert answer.status_code in (302, 404)
        assert led_by(case) is None

    def test_it_is_given_to_no_one_whom_something_bars(self, client, case, people, staff, anna):
        both = somebody(Role.REVIEWER)
        Member.objects.create(proposal=case, user=both, role="viewer")
        tied = somebody(Role.REVIEWER)
        interests.declare(organisation=case.employer, tie=Tie.WORK, starts_on=None, by=tied)
        barred = somebody(Role.REVIEWER)
        review.declare(proposal=case, is_conflict=True, by=barred)
        decision_maker = somebody(Role.DECISION_MAKER)
        client.force_login(staff.decider)
        page = html.unescape(client.get(page_of(case)).content.decode())

        for who in (both, tied, barred):
            assert who.email not in page
            assert f"{who}" in page.split("Cannot have it")[1]
        for who in (both, tied, barred, decision_maker, somebody()):
            with pytest.raises(PermissionDenied):
                give(case, who, staff.decider)
            answer = client.post(page_of(case), {"to": who.email, "shown": ""})
            assert "others may not have it" in answer.content.decode()
        assert led_by(case) is None

    def test_the_team_and_the_employer_never_learn_who_it_is(self, client, case, people, staff):
        User.objects.filter(pk=staff.reviewer.pk).update(name="Canary Reviewer")
        give(case, staff.reviewer, staff.decider)
        for who in (people.lead, people.viewer):
            client.force_login(who)
            for name in ("proposal", "tasks", "messages", "requests", "history"):
                page = client.get(page_of(case, name), follow=True)
                assert "Canary" not in page.content.decode(), name
        assert not Notification.objects.filter(kind="case.assign", user__in=vars(people).values())


class TestGiving:
    def test_a_case_is_given_told_of_and_given_on(self, client, case, staff, anna):
        client.force_login(staff.decider)
        assert "Nobody answers for it yet" in client.get(page_of(case, "case")).content.decode()
        first = client.post(page_of(case), {"to": anna.email, "shown": ""}, follow=True)
        words = html.unescape(first.content.decode())
        assert f"{anna} answers for this case now, and is told." in words
        assert f"{anna} answers for it." in words
        assert Notification.objects.get(kind="case.assign").user == anna
        event = Event.objects.of(case).get(kind="case.assign")
        assert event.data == {"user": anna.pk}

        client.force_login(staff.reviewer)
        sent = {"to": staff.reviewer.email, "shown": anna.email}
        assert (
            "You answer for this case now"
            in client.post(page_of(case), sent, follow=True).content.decode()
        )
        assert led_by(case) == staff.reviewer
        assert Notification.objects.filter(kind="case.assign").count() == 1

    def test_pressed_twice_it_is_given_once(self, client, case, staff, anna):
        client.force_login(staff.decider)
        for _ in range(2):
            sent = client.post(page_of(case), {"to": anna.email, "shown": ""})
            assert sent.status_code == 302
        assert Event.objects.of(case).filter(kind="case.assign").count() == 1

    def test_a_page_that_showed_somebody_else_gives_nothing(self, client, case, staff, anna):
        give(case, anna, staff.decider)
        client.force_login(staff.decider)
        sent = client.post(page_of(case), {"to": staff.reviewer.email, "shown": ""})
        assert sent.status_code == 409
        assert led_by(case) == anna

    def test_nothing_chosen_is_said(self, client, case, staff):
        client.force_login(staff.decider)
        page = client.post(page_of(case), {"shown": ""}).content.decode()
        assert "Choose who answers for this case" in page

    @pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN])
    def test_a_case_that_has_ended_is_given_to_nobody(self, stored, client, people, staff, status):
        ended = stored(builders.proposal_at, status, people, staff)
        with pytest.raises(MovedOn):
            give(ended, staff.reviewer, staff.decider)
        client.force_login(staff.decider)
        assert client.get(page_of(ended)).status_code == 409

    def test_two_at_once_give_it_to_one(self, transactional_db):
        reference.load()
        staff = builders.officials()
        case = builders.proposal_at(Status.ASSESSING, builders.team(), staff)
        anna, bert = somebody(Role.REVIEWER), somebody(Role.REVIEWER)
        given = at_once(
            lambda: give(case, anna, staff.decider), lambda: give(case, bert, staff.reviewer)
        )
        assert sorted(isinstance(each, MovedOn) for each in given) == [False, True]
        assert Event.objects.of(case).filter(kind="case.assign").count() == 1


class TestLeaving:
    def test_a_conflict_leaves_the_case_to_nobody(self, case, staff):
        give(case, staff.reviewer, staff.decider)
        review.declare(proposal=builders.again(case), is_conflict=True, by=staff.reviewer)
        assert led_by(case) is None

    def test_an_interest_leaves_also_a_case_that_its_holder_never_opened(self, case, staff, anna):
        give(case, anna, staff.decider)
        stopped = interests.declare(
            organisation=case.employer, tie=Tie.WORK, starts_on=None, by=anna
        )
        assert stopped.cases == [case]
        assert led_by(case) is None
        told = {each.user for each in Notification.objects.filter(kind="case.replace")}
        assert staff.decider in told
        assert anna not in told

    def test_an_interest_declared_as_the_case_is_given_leaves_it_to_nobody(self, transactional_db):
        reference.load()
        staff = builders.officials()
        case = builders.proposal_at(Status.ASSESSING, builders.team(), staff)
        for _attempt in range(4):
            anna = somebody(Role.REVIEWER)
            declared = partial(
                interests.declare, organisation=case.employer, tie=Tie.WORK, starts_on=None, by=anna
            )
            at_once(partial(give, case, anna, staff.decider), declared)
            assert led_by(case) is None

    def test_a_new_employer_leaves_the_case_to_nobody_to_whom_it_closes(self, people, staff, anna):
        theirs = OrganisationFactory()
        interests.declare(organisation=theirs, tie=Tie.WORK, starts_on=None, by=anna)
        for employer, leads in ((None, True), (theirs, False)):
            case = builders.proposal_at(Status.ASSESSING, people, staff)
            give(case, anna, staff.decider)
            asked = builders.ask_changes(builders.again(case), staff)
            if employer:
                Proposal.objects.filter(pk=case.pk).update(employer=employer)
            builders.resubmit(asked, people)
            assert (led_by(case) == anna) is leads

    def test_what_goes_back_to_its_team_is_nobodys(self, stored, people, staff):
        case = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
        give(case, staff.reviewer, staff.decider)
        review.return_incomplete(
            proposal=case, missing="The vote.", seen=case.revision, by=staff.reviewer
        )
        assert led_by(case) is None


class TestSuiting:
    def test_open_cases_and_those_of_the_sector_are_counted(
        self, case, people, staff, anna, django_assert_num_queries
    ):
        for sector, status in (
            (case.sector, Status.ASSESSING),
            (case.sector, Status.REJECTED),
            ("fire", Status.SUBMITTED),
        ):
            builders.many(1, status=status, also=lambda n, s=sector: {"sector": s, "lead_reviewer": anna})  # fmt: skip
        with django_assert_num_queries(1):
            [found] = [each for each in assigning.candidates(case) if each.person == anna]
        assert (found.open_cases, found.known) == (2, 2)
        assert found.why == "Has 2 open cases; 2 of this sector so far."

    @pytest.mark.slow
    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8))
    def test_more_time_and_more_knowledge_never_come_later(self, numbers):
        found = [Candidate(User(pk=n, name="A"), *pair) for n, pair in enumerate(numbers)]
        order = ranked(found)
        assert sorted(each.person.pk for each in order) == list(range(len(found)))
        for n, first in enumerate(order):
            for second in order[n + 1 :]:
                assert not (second.open_cases < first.open_cases and second.known >= first.known)

    def test_the_page_costs_the_same_with_many_reviewers(self, client, case, staff):
        client.force_login(staff.decider)
        counts = []
        for more in (1, 20):
            for _ in range(more):
                somebody(Role.REVIEWER)
            client.get(page_of(case))
            with CaptureQueriesContext(connection) as captured:
                client.get(page_of(case))
            counts.append(len(captured))
        assert counts[0] == counts[1] <= 10


class TestQueues:
    def test_each_sees_their_own_and_what_is_nobodys(self, client, case, staff, anna):
        give(case, anna, staff.decider)
        alone = builders.proposal_at(Status.SUBMITTED, builders.team(), staff)
        client.force_login(anna)
        queues = {
            key: client.get(reverse("proposals:work"), {"queue": key}).content.decode()
            for key in ("mine", "nobody", "all")
        }
        assert case.reference in queues["mine"]
        assert alone.reference not in queues["mine"]
        assert case.reference not in queues["nobody"]
        assert alone.reference in queues["nobody"]
        assert "<strong>You</strong>" in queues["all"]
        assert "Nobody yet" in queues["all"]

    def test_an_empty_queue_of_ones_own_leads_to_what_is_nobodys(self, client, anna):
        client.force_login(anna)
        page = client.get(reverse("proposals:work"), {"queue": "mine"}).content.decode()
        assert "You answer for no case." in page
        assert "?queue=nobody" in page

    def test_the_start_page_shows_ones_own_first_and_not_those_of_other_reviewers(
        self, case, staff, anna
    ):
        others = builders.proposal_at(Status.ASSESSING, builders.team(), staff)
        free = builders.proposal_at(Status.ASSESSING, builders.team(), staff)
        for each in (case, others, free):
            review.declare(proposal=each, is_conflict=False, by=anna)
        give(case, anna, staff.decider)
        give(others, staff.reviewer, staff.decider)
        Proposal.objects.filter(pk=free.pk).update(due_on="2020-01-01")
        things = list(for_anybody(anna))
        shown = [each.reference for each in things if getattr(each, "reference", "")]
        assert shown == [case.reference, free.reference]
        assert ("other reviewers", 1) in [
            (getattr(each, "whom", ""), getattr(each, "count", 0)) for each in things
        ]
