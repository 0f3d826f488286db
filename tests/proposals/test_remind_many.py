"""Reminding whoever ticked cases wait for: whom, which are left out and why, and how often."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Appointment, Role
from activity import clock, delivery
from activity.models import Event, Notification
from proposals import reference
from proposals.decision import actions as decision
from proposals.decision.reminding import remind_many
from proposals.draft.models import Proposal, Status
from proposals.review import actions as review
from proposals.review import assigning
from tests.at_once import at_once
from tests.factories import somebody
from tests.proposals import builders
from tests.proposals.ticking import again, cases_of, happens, refs, sent, words

pytestmark = pytest.mark.django_db
REMIND = reverse("proposals:remind_many")
UK = ZoneInfo("Europe/London")
# Working days with a weekend between.
THURSDAY, FRIDAY, SUNDAY, MONDAY = (
    datetime.datetime(2027, 1, day, 10, tzinfo=UK) for day in (7, 8, 10, 11)
)


@pytest.fixture
def moved():
    with time_machine.travel(THURSDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def anna(scheme):
    return somebody(Role.REVIEWER)


@pytest.fixture
def hers(moved, client, staff, anna):
    """Three cases for which Anna answers."""
    client.force_login(staff.decider)
    return cases_of(staff.decider, count=3, also=lambda n: {"lead_reviewer": anna})


def remind(client, cases, reader, **more):
    # Days pass between, and a session does not last so long.
    client.force_login(reader)
    return client.post(REMIND, sent(cases, reader) | more, follow=True)


def reminded(*cases):
    keys = [case.pk for case in cases]
    return Event.objects.filter(kind="case.remind", subject_id__in=keys)


def told():
    return sorted(
        Notification.objects.filter(kind="case.remind").values_list("user__name", flat=True)
    )


class TestWhoMay:
    def test_nobody_but_officials_reminds(self, client, hers, people, anna):
        typed = sent(hers, anna)
        for who in (people.lead, somebody(), somebody(Role.ADVISER), somebody(Role.COORDINATOR)):
            client.force_login(who)
            assert client.get(REMIND, {"tick": refs(hers)}).status_code == 403
            assert client.post(REMIND, typed).status_code == 403
        assert not reminded(*hers).exists()

    def test_a_case_that_is_closed_to_its_reader_is_as_if_it_did_not_exist(
        self, client, hers, staff
    ):
        review.declare(proposal=hers[2], is_conflict=True, by=staff.decider)
        seen = []
        for other in (hers[2].reference, "RTP-2024-9999"):
            ticks = [hers[0].reference, other]
            seen.append(words(client.get(REMIND, {"tick": ticks})))
        assert seen[0] == seen[1]
        assert "1 case that you ticked cannot be found any more." in seen[0]
        done = remind(client, [hers[2]], staff.decider, tick=refs(hers[2:]))
        assert "Tick at least one case" in words(done)
        assert not reminded(hers[2]).exists()


class TestWhom:
    def test_a_reviewer_is_reminded_once_of_all_their_cases_without_a_name_or_content(
        self, client, hers, staff, anna
    ):
        page = client.get(REMIND, {"tick": refs(hers)})
        assert happens(page) == dict.fromkeys(refs(hers), f"Reminds {anna}")
        done = remind(client, hers, staff.decider)
        assert "Reminders of 3 cases were sent." in words(done)
        assert told() == [anna.name]
        delivery.deliver_waiting()
        [letter] = mail.outbox
        assert letter.to == [anna.email]
        assert letter.subject == "3 cases wait for you"
        assert reverse("start") in letter.body
        for case in hers:
            assert case.reference not in letter.body
            assert case.title not in letter.body
        assert staff.decider.name not in letter.body
        client.force_login(anna)
        assert "3 cases wait for you" in words(client.get(reverse("activity:inbox")))

    def test_the_mail_of_one_leads_to_it_and_is_held_once_it_is_closed(
        self, client, hers, staff, anna
    ):
        remind(client, hers[:1], staff.decider)
        remind(client, hers[1:2], staff.decider)
        review.declare(proposal=hers[1], is_conflict=True, by=anna)
        delivery.deliver_waiting()
        [letter] = [each for each in mail.outbox if each.to == [anna.email]]
        assert letter.subject == "A case waits for you"
        assert reverse("proposals:case", args=[hers[0].reference]) in letter.body
        assert (
            Notification.objects.get(kind="case.remind", subject_id=hers[1].pk).held_because
            == "conflict"
        )

    def test_of_the_chain_those_are_reminded_who_may_make_the_next_link(
        self, client, people, staff, scheme
    ):
        case = builders.proposal_at(Status.RECOMMENDED, people, staff)
        client.force_login(staff.reviewer)
        remind(client, [case], staff.reviewer)
        may = [staff.countersigner, staff.decider, staff.fourth]
        assert told() == sorted(person.name for person in may)

        Notification.objects.all().delete()
        decision.countersign(proposal=case, seen=case.revision, by=staff.countersigner)
        with time_machine.travel(clock.now() + datetime.timedelta(7)):
            remind(client, [case], staff.reviewer)
        assert told() == sorted(person.name for person in (staff.decider, staff.fourth))

    def test_an_open_request_to_take_a_decision_back_waits_for_another_than_who_asked(
        self, client, people, staff, scheme
    ):
        case = builders.proposal_at(Status.DECIDED, people, staff)
        decision.ask_recall(proposal=case, reason="The sums.", seen=case.revision, by=staff.decider)
        client.force_login(staff.reviewer)
        page = happens(client.get(REMIND, {"tick": [case.reference]}))
        others = sorted(str(person) for person in (staff.countersigner, staff.fourth))
        assert sorted(page[case.reference].removeprefix("Reminds ").split(", ")) == others


class TestLeftOut:
    def test_each_reason_is_said(self, client, moved, staff, anna):
        client.force_login(staff.reviewer)
        me, soon = staff.reviewer, moved.move_to(THURSDAY) or datetime.date(2027, 1, 20)
        every = {
            "waits for you": cases_of(me, count=1, also=lambda n: {"lead_reviewer": me}),
            "nobody who may open it answers for it: assign it first": cases_of(me, count=1),
            "waits for its team, who are reminded by themselves": cases_of(
                me, count=1, status=Status.CHANGES_REQUESTED
            ),
            "waits for the employer, who is reminded by itself": cases_of(
                me, count=1, also=lambda n: {"employer_due_on": soon, "lead_reviewer": anna}
            ),
            "not open any more": cases_of(me, count=1, status=Status.WITHDRAWN),
            "you have not said yet whether you have a conflict of interest. Say so": cases_of(
                count=1
            ),
        }
        cases = [case for found in every.values() for case in found]
        said = happens(client.get(REMIND, {"tick": refs(cases)}))
        for why, [case] in every.items():
            assert said[case.reference].startswith(f"Left out: {why}")
        page = client.get(REMIND, {"tick": refs(cases)}).content.decode()
        assert "There is nobody to remind of these cases" in page
        assert 'name="once"' not in page
        done = words(remind(client, cases, me))
        assert "6 were left out" in done
        assert not Notification.objects.filter(kind="case.remind").exists()

    @pytest.mark.parametrize("change", ["answered", "overdue", "submitted"])
    def test_a_case_waits_for_its_reviewer_while_the_employer_holds_nothing_up(
        self, client, hers, staff, anna, change
    ):
        columns = {
            "answered": {"employer_answered_at": THURSDAY, "employer_due_on": FRIDAY},
            "overdue": {"employer_due_on": datetime.date(2027, 1, 6)},
            "submitted": {"employer_due_on": FRIDAY},
        }
        Proposal.objects.filter(pk=hers[0].pk).update(**columns[change])
        if change == "submitted":
            [hers[0]] = cases_of(
                staff.decider,
                count=1,
                status=Status.SUBMITTED,
                also=lambda n: {"lead_reviewer": anna} | columns[change],
            )
        assert happens(client.get(REMIND, {"tick": refs(hers[:1])})) == {
            hers[0].reference: f"Reminds {anna}"
        }

    def test_whoever_answers_and_may_open_it_no_longer_is_not_reminded(
        self, client, hers, staff, anna
    ):
        Appointment.objects.filter(user=anna).update(ends_on=datetime.date(2020, 1, 1))
        said = happens(client.get(REMIND, {"tick": refs(hers[:1])}))[hers[0].reference]
        assert said.startswith("Left out: nobody who may open it")

    def test_many_who_may_are_nobody_in_particular(self, client, people, staff, scheme):
        case = builders.proposal_at(Status.RECOMMENDED, people, staff)
        for _ in range(3):
            somebody(Role.DECISION_MAKER)
        client.force_login(staff.reviewer)
        said = happens(client.get(REMIND, {"tick": [case.reference]}))[case.reference]
        assert said == "Left out: waits for any of 6 people, and for nobody in particular"
        makers = Appointment.objects.filter(role=Role.DECISION_MAKER)
        makers.update(ends_on=datetime.date(2020, 1, 1))
        said = happens(client.get(REMIND, {"tick": [case.reference]}))[case.reference]
        assert said == "Left out: there is nobody who may take the next step"

    def test_what_moved_on_since_the_page_was_drawn_is_left_out(self, client, hers, staff, anna):
        typed = sent(hers, staff.decider)
        bert = somebody(Role.REVIEWER)
        assigning.assign(proposal=hers[0], to=bert, shown=anna.email, by=staff.decider)
        done = words(client.post(REMIND, typed, follow=True))
        assert "Reminders of 2 cases were sent." in done
        assert f"1 was left out: {hers[0].reference} (moved on since you ticked)." in done
        assert told() == [anna.name]


class TestOftenness:
    def test_a_case_is_reminded_of_once_in_two_working_days_by_whomever(
        self, client, hers, staff, moved
    ):
        remind(client, hers[:1], staff.decider)
        for at in (THURSDAY, FRIDAY, SUNDAY):
            moved.move_to(at)
            done = words(remind(client, hers[:1], staff.decider))
            assert "reminded already; it can be done again on 11 January 2027" in done
        moved.move_to(MONDAY)
        assert "A reminder of 1 case was sent." in words(remind(client, hers[:1], staff.decider))
        assert reminded(*hers).count() == 2
        assert len(told()) == 2

    def test_pressed_twice_it_happens_once_and_is_told_alike(self, client, hers, staff):
        typed = sent(hers, staff.decider)
        pages = [words(client.post(REMIND, typed, follow=True)) for _ in range(2)]
        assert pages[0] == pages[1]
        assert "Reminders of 3 cases were sent." in pages[0]
        assert reminded(*hers).count() == 3
        assert len(told()) == 1

    def test_two_at_once_remind_of_each_case_once(self, transactional_db):
        reference.load()
        staff, anna = builders.officials(), somebody(Role.REVIEWER)
        cases = cases_of(
            staff.decider, staff.fourth, count=6, also=lambda n: {"lead_reviewer": anna}
        )

        def press(some, by):
            typed = sent(some, by)
            return lambda: remind_many(
                references=typed["tick"], shown=typed["shown"], once=typed["once"], by=by
            )

        done = at_once(press(cases, staff.decider), press(cases[::-1], staff.fourth))
        assert sorted(len(each.done) for each in done) == [0, 6]
        assert reminded(*cases).count() == 6
        assert told() == [anna.name]

    def test_the_history_says_that_somebody_was_reminded_and_the_team_learns_nothing(
        self, client, people, staff, scheme
    ):
        case = builders.proposal_at(Status.ASSESSING, people, staff)
        assigning.assign(proposal=case, to=staff.reviewer, shown="", by=staff.decider)
        client.force_login(staff.decider)
        remind(client, again(case), staff.decider)
        page = client.get(reverse("proposals:case", args=[case.reference]))
        assert "Reminded whoever it waited for." in words(page)
        client.force_login(people.lead)
        for name in ("proposal", "history", "messages"):
            page = client.get(reverse(f"proposals:{name}", args=[case.reference]))
            assert "eminded whoever" not in words(page)
        assert told() == [staff.reviewer.name]


def test_its_page_costs_the_same_with_one_case_and_with_a_page_of_them(
    client, staff, django_assert_max_num_queries
):
    client.force_login(staff.decider)
    many = cases_of(staff.decider, count=25, also=lambda n: {"lead_reviewer": staff.reviewer})
    costs = []
    for some in (many[:1], many):
        client.get(REMIND, {"tick": refs(some)})
        with CaptureQueriesContext(connection) as captured:
            assert client.get(REMIND, {"tick": refs(some)}).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 10
