"""An official who has not answered is reminded twice before the day and on it, each time once."""

import datetime
from functools import partial

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse

from activity import delivery, transactions
from activity.models import Event, Notification
from activity.worktime import ENGLAND_AND_WALES, calendar_for
from mutuals_portal.celery import app
from proposals import reference, tasks
from proposals.draft.models import Proposal, SchemeVersion
from proposals.employer.clocks import reminders_due
from proposals.employer.models import EmployerInvitation
from proposals.employer.reminding import go_through_the_asked, remind
from tests.at_once import at_once
from tests.days import acted_on, at
from tests.proposals import builders, officials

# A Monday; twenty working days later it is 1 February.
BEGAN = datetime.date(2027, 1, 4)
TENTH, EIGHTEENTH, LAST = (
    datetime.date(2027, 1, 18),
    datetime.date(2027, 1, 28),
    datetime.date(2027, 2, 1),
)


@pytest.fixture
def moved():
    with time_machine.travel(at(BEGAN), tick=False) as traveller:
        yield traveller


@pytest.fixture
def asked(stored, moved, people, staff):
    return stored(officials.submitted, people, staff)


# The days on which the job did anything.
reminded_on = partial(acted_on, go_through_the_asked)


def test_they_are_reminded_on_three_days_once_each_in_office_hours(moved, asked, staff):
    end = LAST + datetime.timedelta(20)
    assert reminded_on(moved, BEGAN, end, (7, 10, 11, 19)) == [TENTH, EIGHTEENTH, LAST]
    told = Notification.objects.filter(kind="employer.remind")
    assert set(told.values_list("address", flat=True)) == {officials.live(asked).address}
    events = Event.objects.of(asked).filter(kind="employer.remind")
    assert [each.data["number"] for each in events] == [1, 2, 3]


def test_the_mail_names_the_day_and_leads_to_the_page(settings, moved, asked):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Notification.objects.all().delete()
    moved.move_to(at(TENTH))
    go_through_the_asked()
    delivery.deliver_waiting()
    [sent] = mail.outbox
    assert sent.subject == "We have not had your answer, due by 1 February 2027"
    assert "/employer/" in sent.body
    assert asked.reference not in sent.subject + sent.body
    assert "Canary" not in sent.body


def test_after_holidays_what_came_due_is_one_mail(moved, asked):
    assert reminded_on(moved, LAST, LAST) == [LAST]
    assert officials.live(asked).reminded == 3
    assert reminded_on(moved, LAST, LAST + datetime.timedelta(3)) == []


@pytest.mark.parametrize(
    ("day", "count"),
    [
        # Asked on 5 March, due on 6 April, with Good Friday and Easter Monday between.
        ("2027-03-18", 0),
        ("2027-03-19", 1),
        ("2027-04-01", 1),
        ("2027-04-02", 2),
        ("2027-04-05", 2),
        ("2027-04-06", 3),
        ("2027-05-06", 3),
    ],
)
def test_the_days_are_counted_without_holidays(day, count):
    due, scheme = datetime.date(2027, 4, 6), SchemeVersion()
    on = datetime.date.fromisoformat(day)
    assert reminders_due(on, due, scheme, calendar_for(ENGLAND_AND_WALES)) == count


def test_nobody_is_reminded_once_they_have_answered(settings, moved, asked):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    moved.move_to(at(TENTH))
    assert go_through_the_asked() == 1
    officials.answered(asked)
    assert not remind(officials.live(asked))
    assert reminded_on(moved, TENTH, LAST) == []
    delivery.deliver_waiting()
    assert Notification.objects.get(kind="employer.remind").held_because == "answered"


def test_whoever_is_asked_instead_is_reminded_only_of_what_comes_after(moved, asked, staff):
    first = officials.live(asked)
    moved.move_to(at(TENTH + datetime.timedelta(1)))
    officials.checked(asked, staff.reviewer)
    assert reminded_on(moved, TENTH + datetime.timedelta(1), LAST) == [EIGHTEENTH, LAST]
    told = Notification.objects.filter(kind="employer.remind")
    assert {each.address for each in told} == {officials.live(asked).address}
    assert not remind(first)


def test_nobody_is_reminded_of_what_the_staff_have_stopped(moved, asked, people):
    builders.withdraw(asked, people)
    assert reminded_on(moved, BEGAN, LAST) == []


def test_where_the_employer_has_a_holiday_the_reminder_waits(moved, asked):
    type(asked.employer).objects.filter(pk=asked.employer_id).update(nation="northern-ireland")
    EmployerInvitation.objects.update(due_on=datetime.date(2027, 3, 31))
    # Saint Patrick's day is the tenth last of the working days of others.
    day = datetime.date(2027, 3, 17)
    assert reminded_on(moved, day, day + datetime.timedelta(1)) == [day + datetime.timedelta(1)]


def test_officials_of_the_case_read_that_they_were_reminded(client, moved, asked, staff):
    moved.move_to(at(TENTH))
    go_through_the_asked()
    client.force_login(staff.reviewer)
    case = client.get(reverse("proposals:case", args=[asked.reference])).content.decode()
    assert "The employer&#x27;s official was reminded." in case


def test_the_timetable_names_the_job(moved, asked):
    app.loader.import_default_modules()
    names = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.go_through_the_asked.name in names
    moved.move_to(at(TENTH))
    tasks.go_through_the_asked()
    assert Notification.objects.filter(kind="employer.remind").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_whose_case_is_held_by_somebody_is_reminded_the_next_time(moved, monkeypatch):
    monkeypatch.setattr(transactions, "LOCK_WAIT", "100ms")
    reference.load()
    people, staff = builders.team(), builders.officials()
    held, free = (officials.submitted(people, staff) for _each in range(2))
    moved.move_to(at(TENTH))
    with transaction.atomic():
        Proposal.objects.select_for_update().get(pk=held.pk)
        assert at_once(go_through_the_asked) == [1]
    assert [officials.live(each).reminded for each in (held, free)] == [0, 1]
    assert go_through_the_asked() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(moved):
    reference.load()
    proposal = officials.submitted(builders.team(), builders.officials())
    moved.move_to(at(TENTH))
    live = officials.live(proposal)
    assert sorted(at_once(lambda: remind(live), lambda: remind(live))) == [False, True]
    assert Notification.objects.filter(kind="employer.remind").count() == 1
