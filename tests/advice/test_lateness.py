"""One breach, one warning: to whoever holds it and the lead, in working hours alone."""

import datetime
import uuid

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from activity import delivery
from activity.models import Event, Notification
from activity.worktime import UK
from advice import tasks
from advice.answers import actions as answers
from advice.intake import actions as intake
from advice.intake.models import Breach, Enquiry
from advice.queue import lateness
from mutuals_portal.celery import app
from tests.advice.factories import (
    CANARIES,
    advice_lead,
    adviser,
    again,
    enquiry,
    held,
    holder,
    link,
    provider,
)

pytestmark = pytest.mark.django_db

# A Tuesday: a reply is due on Thursday at 10, an answer to what is simple on the next Tuesday.
BEGAN = datetime.datetime(2027, 4, 6, 10, tzinfo=UK)
LATE = datetime.datetime(2027, 4, 8, 10, 1, tzinfo=UK)


@pytest.fixture
def moved():
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield traveller


def told():
    rows = Notification.objects.filter(kind="enquiry.breach").order_by("user")
    return [row.user for row in rows]


def test_whoever_holds_it_and_the_lead_are_told_once(moved):
    user, lead = adviser(), advice_lead()
    advice_lead(provider("co-operatives-uk"))
    made = held(user)
    moved.move_to(BEGAN + datetime.timedelta(days=2))
    assert lateness.go_through_the_late() == 0
    moved.move_to(LATE)
    assert [lateness.go_through_the_late() for _press in range(2)] == [1, 0]
    assert told() == [user, lead]
    breach = Breach.objects.get()
    assert (breach.clock, breach.level, breach.due_at) == ("reply", "late", made.due_at)
    assert str(breach) == f"late reply of enquiry {made.pk}"
    event = Event.objects.get(kind="enquiry.breach")
    assert (event.actor_id, event.data) == ("lateness", {"clock": "reply", "level": "late"})


def test_each_clock_is_told_of_and_leads_again_of_what_is_still_late(moved):
    user, lead = adviser(), advice_lead()
    held(user)
    kinds = []
    for day in ((4, 8), (4, 13), (4, 14), (4, 16), (4, 21), (4, 30)):
        moved.move_to(datetime.datetime(2027, *day, 10, 1, tzinfo=UK))
        lateness.go_through_the_late()
        kinds.append(list(Breach.objects.order_by("pk").values_list("clock", "level")))
    reply, resolve = ("reply", "late"), ("resolve", "late")
    assert kinds[:3] == [[reply], [reply, resolve], [reply, resolve]]
    assert kinds[3] == [reply, resolve, ("reply", "still-late")]
    assert kinds[4] == kinds[5] == [*kinds[3], ("resolve", "still-late")]
    assert [each == user for each in told()].count(True) == 2
    assert [each == lead for each in told()].count(True) == 4


def test_a_clock_that_began_anew_is_another(moved):
    user = adviser()
    made = held(user)
    moved.move_to(LATE)
    lateness.go_through_the_late()
    fresh = Enquiry.objects.get(pk=made.pk)
    said = {"words": "Yes", "once": uuid.uuid4(), "seen": fresh.revision}
    answered = answers.reply(enquiry=fresh, by=again(user), **said)
    intake.add(enquiry=answered, words="But", once=uuid.uuid4(), by=holder(answered))
    assert lateness.go_through_the_late() == 0
    moved.move_to(LATE + datetime.timedelta(days=5))
    assert lateness.go_through_the_late() == 1
    assert Breach.objects.filter(clock="reply", level="late").count() == 2


@pytest.mark.parametrize("hour", [0, 7, 18, 23])
def test_nothing_wakes_anybody_at_night(moved, hour):
    held(adviser())
    moved.move_to(datetime.datetime(2027, 4, 9, hour, tzinfo=UK))
    assert lateness.go_through_the_late() == 0
    moved.move_to(datetime.datetime(2027, 4, 10, 12, tzinfo=UK))  # a Saturday
    assert lateness.go_through_the_late() == 0
    moved.move_to(datetime.datetime(2027, 4, 12, 8, tzinfo=UK))
    assert lateness.go_through_the_late() == 1


@pytest.mark.django_db(transaction=True)
def test_a_warning_that_could_not_leave_in_time_waits_for_the_morning(moved):
    made = held(adviser(), **CANARIES)
    Notification.objects.all().delete()
    moved.move_to(LATE.replace(hour=17, minute=59))
    lateness.go_through_the_late()
    moved.move_to(LATE.replace(hour=18, minute=1))
    delivery.deliver_waiting()
    assert mail.outbox == []
    moved.move_to(LATE.replace(hour=8) + datetime.timedelta(days=1))
    delivery.deliver_waiting()
    (message,) = mail.outbox
    assert message.subject == f"Late: {made.reference}"
    assert "was due on 8 April 2027" in message.body
    for secret in CANARIES.values():
        assert secret not in message.subject + message.body


def test_what_waits_for_the_enquirer_or_is_over_is_not_late(moved):
    user = adviser()
    waits, answered = held(user), held(user)
    said = {"words": "x", "once": uuid.uuid4()}
    answers.wait(enquiry=waits, by=again(user), seen=waits.revision, **said)
    answers.reply(enquiry=answered, by=again(user), seen=answered.revision, **said)
    moved.move_to(LATE + datetime.timedelta(days=60))
    assert lateness.go_through_the_late() == 0


@pytest.mark.django_db(transaction=True)
def test_of_what_nobody_holds_every_lead_is_told_and_led_to_the_queue(moved):
    leads = [advice_lead(), advice_lead(provider("co-operatives-uk"))]
    enquiry(topic=None)
    moved.move_to(LATE)
    lateness.go_through_the_late()
    assert told() == leads
    delivery.deliver_waiting()
    assert len(mail.outbox) == 2
    assert "/advice/queue/?view=unassigned" in mail.outbox[0].body


def test_of_what_waits_in_a_queue_its_leads_alone_are_told(moved):
    lead = advice_lead()
    adviser()
    enquiry()
    moved.move_to(LATE)
    lateness.go_through_the_late()
    assert told() == [lead]


def test_the_enquirer_reads_that_we_are_late(moved, client):
    made = enquiry()
    moved.move_to(LATE)
    page = client.get(f"/advice/e/{link(client, made)}/").content.decode()
    assert "We said that we would write back by Thursday 8 April 2027. We are late" in page
    assert "will answer by" not in page


def test_the_database_keeps_a_breach_once(moved):
    made = held(adviser())
    moved.move_to(LATE)
    lateness.go_through_the_late()
    again_ = {"clock": "reply", "level": "late", "began_at": made.clock_from}
    with pytest.raises(IntegrityError, match="breach_once"), transaction.atomic():
        Breach.objects.create(enquiry=made, due_at=made.due_at, at=LATE, **again_)


def test_it_runs_by_itself(moved):
    held(adviser())
    moved.move_to(LATE)
    tasks.go_through_the_late()
    assert Breach.objects.count() == 1
    planned = {each["task"] for each in app.conf.beat_schedule.values()}
    assert {"advice.tasks.go_through_the_late", "advice.tasks.rebuild_clocks"} <= planned
