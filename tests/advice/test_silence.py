"""An enquirer who is silent is reminded once, and the enquiry is closed kindly, by a job."""

import datetime
import uuid

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied

from activity import delivery
from activity.models import Event, Notification
from activity.workflow import take
from activity.worktime import UK
from advice import tasks
from advice.answers import actions as answers
from advice.answers import silence
from advice.intake import actions as intake
from advice.intake.models import Contact, Enquiry
from mutuals_portal.celery import app
from tests.advice.factories import adviser, again, held, holder, let_go, link

pytestmark = pytest.mark.django_db

JO = "jo@home.example"
# A Tuesday; the next ten working days end on the 20th, twenty on 5 May: 3 May is a holiday.
BEGAN = datetime.datetime(2027, 4, 6, 10, tzinfo=UK)


@pytest.fixture
def moved():
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield traveller


def at(moved, day, hour=10):
    moved.move_to(datetime.datetime(2027, *day, hour, tzinfo=UK))


def written(action, words="Words", **fields):
    user = adviser()
    made = held(user, email=JO, **fields)
    Notification.objects.all().delete()
    write = {"words": words, "once": uuid.uuid4(), "seen": made.revision}
    return action(enquiry=made, by=again(user), **write)


def now(made):
    return Enquiry.objects.get(pk=made.pk)


def kinds():
    return list(Notification.objects.order_by("created_at").values_list("kind", flat=True))


def test_an_answer_that_nobody_writes_back_to_is_closed_after_ten_working_days(moved):
    made = written(answers.reply)
    at(moved, (4, 20))
    assert silence.go_through_the_silent() == 0
    at(moved, (4, 21))
    assert silence.go_through_the_silent() == 1
    assert silence.go_through_the_silent() == 0
    closed = now(made)
    assert (closed.status, closed.outcome, closed.adviser) == ("closed", "helped", made.adviser)
    event = Event.objects.of(made).last()
    assert (event.kind, event.actor_kind, event.actor_id) == ("enquiry.settle", "system", "silence")
    assert kinds() == ["enquiry.reply", "enquiry.settle"]


def test_who_is_waited_for_is_reminded_once_and_it_is_closed_after_twenty(moved):
    made = written(answers.wait)
    at(moved, (4, 19))
    assert silence.go_through_the_silent() == 0
    at(moved, (4, 20))
    assert [silence.go_through_the_silent() for _press in range(2)] == [1, 0]
    told = Notification.objects.get(kind="enquiry.remind")
    assert (told.address, told.due_on) == (JO, datetime.date(2027, 5, 5))
    at(moved, (5, 5))
    assert silence.go_through_the_silent() == 0
    at(moved, (5, 6))
    assert silence.go_through_the_silent() == 1
    closed = now(made)
    assert (closed.status, closed.outcome) == ("closed", "not-reached")
    assert kinds() == ["enquiry.wait", "enquiry.remind", "enquiry.let_rest"]


def test_each_wait_has_a_reminder_of_its_own(moved):
    made = written(answers.wait)
    at(moved, (4, 20))
    silence.go_through_the_silent()
    back = intake.add(enquiry=made, words="So", once=uuid.uuid4(), by=holder(made))
    asked = {"words": "And?", "once": uuid.uuid4(), "seen": back.revision}
    answers.wait(enquiry=back, by=again(made.adviser), **asked)
    at(moved, (5, 5))
    assert silence.go_through_the_silent() == 1
    assert Event.objects.filter(kind="enquiry.remind").count() == 2


def test_where_no_worker_ran_the_reminder_is_left_out(moved):
    made = written(answers.wait)
    at(moved, (5, 20))
    assert silence.go_through_the_silent() == 1
    assert now(made).status == "closed"
    assert "enquiry.remind" not in kinds()


@pytest.mark.parametrize(("day", "hour"), [((4, 24), 10), ((4, 21), 3), ((4, 21), 19)])
def test_nothing_happens_at_night_or_at_a_weekend(moved, day, hour):
    made = written(answers.reply)
    at(moved, day, hour)
    assert silence.go_through_the_silent() == 0
    assert now(made).status == "answered"


def test_one_that_moved_on_meanwhile_is_left(moved):
    made = written(answers.reply)
    waits = written(answers.wait)
    at(moved, (5, 6))
    for each in (made, waits):
        intake.add(enquiry=each, words="Wait", once=uuid.uuid4(), by=holder(each))
    assert not silence.settle(made)
    assert not silence.let_rest(waits)
    assert not silence.remind(waits)


def test_nobody_but_the_job_closes_so(moved):
    made = written(answers.reply)
    for by in (made.adviser, holder(made)):
        with pytest.raises(PermissionDenied):
            take(silence.SETTLE, made, by=by, seen=made.revision, outcome="helped")


@pytest.mark.parametrize(
    ("action", "kind", "words"),
    [
        (answers.reply, "enquiry.settle", "we take it that it was enough"),
        (answers.wait, "enquiry.let_rest", "write on the page whenever it suits you"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_the_mail_is_kind_and_quiet_where_it_must_be(moved, action, kind, words):
    written(action, employer_must_not_know=False)
    written(action)
    at(moved, (5, 6))
    silence.go_through_the_silent()
    Notification.objects.exclude(kind=kind).delete()
    delivery.deliver_waiting()
    by_subject = {message.subject: message.body for message in mail.outbox}
    assert len(by_subject) == 2
    quiet = by_subject.pop("A message is waiting for you")
    assert words not in quiet
    (body,) = by_subject.values()
    assert words in body
    assert ("/rate/" in body) == (kind == "enquiry.settle")


def test_the_page_says_what_waiting_means_and_when_it_ends(moved, client):
    made = let_go(written(answers.wait))
    page = client.get(f"/advice/e/{link(client, made)}/").content.decode()
    assert "We remind you once by mail, on Tuesday 20 April 2027." in page
    assert "If we hear nothing by Wednesday 5 May 2027, we close it." in page


def test_who_cannot_be_mailed_is_promised_no_reminder(moved, client):
    made = let_go(written(answers.wait))
    Contact.objects.update(email="")
    page = client.get(f"/advice/e/{link(client, made)}/").content.decode()
    assert "so look in here by Tuesday 20 April 2027." in page
    assert "We remind you" not in page


def test_it_runs_by_itself(moved):
    made = written(answers.reply)
    at(moved, (5, 6))
    tasks.go_through_the_silent()
    assert now(made).status == "closed"
    planned = {each["task"] for each in app.conf.beat_schedule.values()}
    assert {"advice.tasks.go_through_the_silent", "advice.tasks.send_lost_links"} <= planned
