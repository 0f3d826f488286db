"""Letters that go out on a day that somebody orders: by one worker, once, and never against a recall."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from activity import clock
from activity.models import Event, Notification
from activity.workflow import MovedOn, revision_known_to
from activity.worktime import ENGLAND_AND_WALES, calendar_for, due_on
from pathfinders.models import Pathfinder
from proposals import reference, tasks, waiting
from proposals.decision import actions as decision
from proposals.decision import releasing
from proposals.decision.models import Outcome
from proposals.draft import actions as draft
from proposals.draft.models import Status
from proposals.review import actions as review
from tests.at_once import at_once
from tests.proposals import builders, officials


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.DECIDED, people, staff)


def working_day(after=10):
    """The first working day after so many days."""
    day = clock.today() + datetime.timedelta(after)
    while not calendar_for(ENGLAND_AND_WALES).is_working(day):
        day += datetime.timedelta(1)
    return day


def free_day():
    return next(
        day
        for day in (clock.today() + datetime.timedelta(n) for n in range(1, 9))
        if day.weekday() == 6
    )


def order(case, by, on=None, shown=""):
    seen = {"seen": case.revision, "shown": shown}
    return releasing.order_release(proposal=case, on=on or working_day(), by=by, **seen)


def at(day, hour):
    return time_machine.travel(datetime.datetime.combine(day, datetime.time(hour), datetime.UTC))


def address(name, case):
    return reverse(f"proposals:{name}", args=[case.reference])


def typed(case, day=None, **changes):
    parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
    boxes = {f"release_on-{part}": text for part, text in parts.items()}
    return {"when": "day", "shown": "", "seen": case.revision} | boxes | changes


def needed_of(person):
    return [getattr(thing, "needed", "") for thing in waiting.for_anybody(person)]


def test_a_day_is_ordered_changed_and_called_off_and_nobody_outside_learns(
    client, people, staff, case
):
    client.force_login(staff.decider)
    page, day, later = address("release", case), working_day(), working_day(20)
    Notification.objects.all().delete()

    assert client.post(page, typed(case, day)).url == address("case", case)

    [made] = case.decisions.all()
    assert (made.release_on, made.ordered_by) == (day, staff.decider)
    inside = client.get(address("case", case)).content.decode()
    assert "The letters go out in the morning of" in inside
    assert f"as {staff.decider} ordered" in inside
    assert "Release the letter" not in needed_of(staff.fourth)
    preview = client.get(address("case_letter", case)).content.decode()
    assert f"{day.day} {day:%B %Y}" in preview
    assert "A preview" in preview
    # A page drawn before that was ordered orders nothing.
    assert client.post(page, typed(case, later)).status_code == 409
    assert client.post(page, typed(case, later, shown=day.isoformat())).status_code == 302
    made.refresh_from_db()
    assert made.release_on == later
    client.force_login(people.lead)
    outside = client.get(address("proposal", case)).content.decode()
    assert "Being decided" in outside
    assert "The letter" not in outside
    assert client.get(address("letter", case)).status_code == 404
    client.force_login(staff.fourth)
    off = {"when": "not-yet", "shown": later.isoformat(), "seen": case.revision}
    assert client.post(page, off).status_code == 302
    made.refresh_from_db()
    assert (made.release_on, made.ordered_by, made.ordered_at) == (None, None, None)
    assert "Release the letter" in needed_of(staff.fourth)
    kinds = list(Event.objects.of(case).values_list("kind", flat=True))
    assert kinds[-3:] == ["case.order_release"] * 2 + ["case.call_off_release"]
    assert not Notification.objects.exists()


def test_only_who_may_release_orders_a_day(client, people, staff, case):
    for who, status in (("reviewer", 403), ("lead", 404), ("viewer", 404)):
        client.force_login((vars(people) | vars(staff))[who])
        assert (
            client.post(address("release", case), typed(case, working_day())).status_code == status
        )
    asked = {"reason": "A figure.", "seen": case.revision}
    decision.ask_recall(proposal=case, by=staff.decider, **asked)
    client.force_login(staff.fourth)
    assert client.post(address("release", case), typed(case, working_day())).status_code == 403
    assert case.decisions.get().release_on is None


def test_a_day_that_is_none_to_send_letters_on_is_refused_in_words(client, staff, case):
    client.force_login(staff.decider)
    page, today = address("release", case), clock.today()
    for day, said in (
        (today, "The day must be after today"),
        (today - datetime.timedelta(1), "The day must be after today"),
        (today + datetime.timedelta(61), "The day must be within 60 days"),
        (free_day(), "The day must be a working day"),
        (None, "Enter the day on which the letters go out"),
    ):
        shown = client.post(page, typed(case, day))
        assert shown.status_code == 200
        assert said in shown.content.decode(), said
    nothing = client.post(page, {"seen": case.revision})
    assert "Choose when the letters go out" in nothing.content.decode()
    with pytest.raises(ValidationError):
        order(case, staff.decider, on=free_day())
    assert case.decisions.get().release_on is None
    # A day that is typed beside "now" is not looked at.
    now = typed(case, when="now", **{"release_on-day": "x"})
    assert client.post(page, now).status_code == 302
    assert builders.again(case).status == Status.APPROVED


def test_it_goes_out_on_that_morning_in_the_name_of_who_ordered_it(people, staff, case):
    made, day = order(case, staff.decider), working_day()
    Notification.objects.all().delete()

    with at(day - datetime.timedelta(1), 10):
        tasks.release_letters()
    with at(day, 5):
        tasks.release_letters()
    assert builders.again(case).status == Status.DECIDED

    with at(day, 10):
        tasks.release_letters()
        tasks.release_letters()

    made.refresh_from_db()
    assert builders.again(case).status == Status.APPROVED
    assert made.released_by == staff.decider
    assert made.appeal_by == due_on(day, 20, [], calendar_for(ENGLAND_AND_WALES))
    told = Notification.objects.filter(kind="proposal.decided")
    assert {each.user_id for each in told} == {each.pk for each in vars(people).values()}
    assert Notification.objects.filter(kind="employer.decided").count() == 1
    assert Pathfinder.objects.count() == 1
    [event] = Event.objects.of(case).filter(kind="proposal.release")
    assert (event.actor_kind, event.actor_id) == ("system", "releasing")


def test_it_waits_for_the_answer_to_a_recall_and_counts_from_when_it_goes(staff, case):
    made, day = order(case, staff.decider), working_day()
    asked = decision.ask_recall(
        proposal=case, reason="A figure.", seen=case.revision, by=staff.fourth
    )
    with at(day, 10):
        tasks.release_letters()
        assert builders.again(case).status == Status.DECIDED
    late = working_day(16)
    with at(late, 10):
        answer = {"proposal": case, "asked": asked.pk, "seen": case.revision}
        decision.refuse_recall(**answer, reason="It is right.", by=staff.decider)
        tasks.release_letters()

    made.refresh_from_db()
    assert made.appeal_by == due_on(late, 20, [], calendar_for(ENGLAND_AND_WALES))


def test_a_decision_that_was_taken_back_does_not_go(staff, case):
    order(case, staff.decider)
    asked = decision.ask_recall(
        proposal=case, reason="A figure.", seen=case.revision, by=staff.fourth
    )
    decision.recall(proposal=case, asked=asked.pk, seen=case.revision, by=staff.decider)
    fresh = builders.again(case)
    decision.decide(proposal=fresh, seen=fresh.revision, by=staff.fourth)

    with at(working_day(), 10):
        tasks.release_letters()

    assert builders.again(case).status == Status.DECIDED


def test_a_case_that_moved_on_is_left_alone(people, staff, case):
    order(case, staff.decider)
    seen = revision_known_to(people.lead, case)
    draft.withdraw(proposal=case, reason="not-said", seen=seen, by=people.lead)

    with at(working_day(), 10):
        assert releasing.go_through_the_ordered() == 0

    assert builders.again(case).status == Status.WITHDRAWN


def left_the_office(person, case):
    User.objects.filter(pk=person.pk).update(is_active=False)


def has_a_conflict(person, case):
    review.declare(proposal=case, is_conflict=True, by=person)


@pytest.mark.parametrize("is_barred", [left_the_office, has_a_conflict])
def test_it_does_not_go_in_the_name_of_somebody_who_may_release_it_no_longer(
    client, staff, case, is_barred
):
    order(case, staff.decider)
    is_barred(staff.decider, case)

    with at(working_day(), 10):
        tasks.release_letters()

    assert builders.again(case).status == Status.DECIDED
    client.force_login(staff.fourth)
    assert "Somebody else releases them." in client.get(address("case", case)).content.decode()


def test_the_database_keeps_who_ordered_a_day(staff, case):
    made = order(case, staff.decider)
    with pytest.raises(IntegrityError, match="ordered_by_somebody"), transaction.atomic():
        type(made).objects.update(ordered_by=None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_recall_at_once_leave_one_of_them(stored):
    stored(reference.load)
    people, staff = stored(builders.team), stored(builders.officials)
    case = stored(builders.proposal_at, Status.DECIDED, people, staff, Outcome.APPROVED)
    made = order(case, staff.decider)
    type(made).objects.update(release_on=clock.today())

    def go():
        return releasing._release(type(made).objects.select_related("proposal").get())

    def ask():
        return decision.ask_recall(
            proposal=case, reason="A figure.", seen=case.revision, by=staff.fourth
        )

    *workers, asked = at_once(go, go, ask)

    went = builders.again(case).status == Status.APPROVED
    assert workers.count(True) == went
    assert isinstance(asked, MovedOn) is went
    told = Notification.objects.filter(kind="proposal.decided", user=people.lead)
    assert told.count() == Pathfinder.objects.count() == went
    assert officials.live(case).ended_at is None
