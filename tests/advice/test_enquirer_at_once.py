"""The enquirer, an adviser and a job at the same moment, each on a connection of their own."""

import datetime
import threading
import uuid
from collections.abc import Iterable
from typing import Any

import pytest
import time_machine
from django.db import transaction

from activity import clock
from activity.models import Event, Notification
from activity.worktime import UK
from advice.answers import actions as answers
from advice.answers import silence
from advice.intake import actions as intake
from advice.intake import finding, holding, rebuilding
from advice.intake.models import Breach, Enquiry, LostLink, Message, Rating, Went
from advice.queue import actions as queue
from advice.queue import lateness
from tests.advice.factories import advice_lead, adviser, again, enquiry, held, holder, let_go
from tests.at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

JO = "jo@home.example"
NOW = datetime.datetime(2027, 4, 6, 10, tzinfo=UK)
# Past ten working days, within twenty.
LATER = datetime.datetime(2027, 4, 27, 10, tzinfo=UK)


@pytest.fixture
def moved():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def kinds(results: Iterable[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def written(action, **fields: Any) -> Enquiry:
    user = adviser()
    made = held(user, email=JO, **fields)
    said = {"words": "Words", "once": uuid.uuid4(), "seen": made.revision}
    return action(enquiry=made, by=again(user), **said)


def add(made: Enquiry, words: str = "But") -> Enquiry:
    return intake.add(enquiry=made, words=words, once=uuid.uuid4(), by=holder(made))


def test_a_reply_as_the_enquirer_writes_loses_no_words_and_answers_none_unread():
    user = adviser()
    made = held(user)
    send = {"enquiry": made, "words": "Yes", "once": uuid.uuid4(), "seen": made.revision}
    results = at_once(lambda: answers.reply(**send, by=again(user)), lambda: add(made))
    assert Message.objects.filter(words="But").count() == 1
    said = Message.objects.filter(words="Yes").count()
    # Either the adviser is shown what came, or what came wakes what was answered.
    assert kinds(results) in (["Enquiry", "Enquiry"], ["Enquiry", "MovedOn"])
    assert said == (kinds(results) == ["Enquiry", "Enquiry"])
    assert Enquiry.objects.get().status == "with-adviser"


def test_a_withdrawal_as_an_adviser_hands_over_is_one_of_the_two():
    user, colleague = adviser(), adviser()
    made = held(user)
    to = {"to": colleague, "reason": "why", "once": uuid.uuid4(), "seen": made.revision}
    results = at_once(
        lambda: queue.hand_over(enquiry=made, **to, by=again(user)),
        lambda: intake.withdraw(enquiry=made, seen=made.revision, by=holder(made)),
    )
    assert kinds(results) == ["Enquiry", "MovedOn"]
    now = Enquiry.objects.get()
    assert (now.status, now.adviser) in (("withdrawn", user), ("with-adviser", colleague))


def test_words_added_as_the_job_closes_it_go_on(moved):
    made = written(answers.reply)
    moved.move_to(LATER)
    results = at_once(lambda: add(made), lambda: silence.settle(made))
    assert not [each for each in results if isinstance(each, Exception)], results
    now = Enquiry.objects.get()
    assert (now.status, now.outcome) == ("with-adviser", "")
    assert Message.objects.filter(words="But").count() == 1
    closed = Event.objects.filter(kind="enquiry.settle").count()
    assert Notification.objects.filter(kind="enquiry.settle").count() == closed


def test_two_workers_close_and_remind_once(moved):
    answered, waits = written(answers.reply), written(answers.wait)
    moved.move_to(LATER)
    results = at_once(*[silence.go_through_the_silent for _worker in range(3)])
    assert sum(results) == 2, results
    told = Notification.objects.filter(kind__in=["enquiry.settle", "enquiry.remind"])
    assert sorted(told.values_list("subject_id", flat=True)) == sorted([answered.pk, waits.pk])


def test_how_it_went_pressed_twice_at_once_is_said_once():
    made = let_go(written(answers.reply))
    said = {"enquiry": made, "words": "", "seen": made.revision, "by": holder(made)}
    results = at_once(
        lambda: intake.rate(went=Went.SOLVED, **said),
        lambda: intake.rate(went=Went.SOLVED, **said),
        lambda: intake.rate(went=Went.NOT, **said),
    )
    assert kinds(results) == ["Rating"] * 3
    assert Rating.objects.count() == Event.objects.filter(kind="enquiry.rate").count() == 1


def test_how_it_went_as_it_is_closed_is_kept_or_refused_and_never_half():
    made = let_go(written(answers.reply))
    said = {"enquiry": made, "words": "", "seen": made.revision, "by": holder(made)}
    results = at_once(
        lambda: intake.rate(went=Went.NOT, **said),
        lambda: queue.close(
            enquiry=made, outcome="helped", seen=made.revision, by=again(made.adviser)
        ),
    )
    assert kinds(results) in (["Enquiry", "Rating"], ["Enquiry", "MovedOn"])
    assert Rating.objects.count() == (kinds(results) == ["Enquiry", "Rating"])


def test_asked_again_at_once_from_one_page_it_is_asked_once(moved):
    made = written(answers.reply)
    moved.move_to(LATER)
    silence.settle(made)
    moved.move_to(LATER + datetime.timedelta(days=30))
    once = uuid.uuid4()
    again_ = {"enquiry": made, "words": "And?", "once": once, "by": holder(made)}
    results = at_once(*[lambda: intake.ask_again(**again_) for _press in range(3)])
    assert {each.pk for each in results} == {Enquiry.objects.get(follows=made).pk}
    assert Message.objects.filter(words="And?").count() == 1


def test_workers_share_what_is_late_and_tell_of_each_once(moved):
    lead = advice_lead()
    made = [enquiry() for _each in range(6)]
    moved.move_to(NOW + datetime.timedelta(days=3))
    results = at_once(*[lateness.go_through_the_late for _worker in range(4)])
    assert not [each for each in results if isinstance(each, Exception)], results
    assert Breach.objects.count() == len(made)
    told = Notification.objects.filter(kind="enquiry.breach", user=lead)
    assert told.count() == len(made)


def test_what_another_holds_is_passed_over_and_waited_for_by_nobody(moved):
    made, other = enquiry(), enquiry()
    moved.move_to(NOW + datetime.timedelta(days=3))
    holds, done = threading.Event(), threading.Event()

    def somebody_at_it() -> None:
        with transaction.atomic():
            Enquiry.objects.select_for_update(no_key=True).get(pk=made.pk)
            holds.set()
            done.wait(20)

    def job() -> int:
        holds.wait(20)
        try:
            return lateness.go_through_the_late()
        finally:
            done.set()

    assert at_once(somebody_at_it, job)[1] == 1
    assert Breach.objects.get().enquiry == other
    assert lateness.go_through_the_late() == 1


def test_held_mail_at_once_tells_the_adviser_once():
    made = held(adviser())
    results = at_once(*[lambda: holding.note_held(made) for _mail in range(3)])
    assert results == [None] * 3
    assert Notification.objects.filter(kind="enquiry.held").count() == 1
    assert Event.objects.filter(kind="enquiry.held").count() == 3


def test_a_lost_link_is_looked_up_by_one_worker():
    enquiry(email=JO)
    Notification.objects.all().delete()
    LostLink.objects.create(address=JO, asked_at=clock.now())
    results = at_once(*[finding.send_all for _worker in range(3)])
    assert sorted(results) == [0, 0, 1]
    assert Notification.objects.filter(kind="enquiry.find").count() == 1


def test_clocks_worked_out_as_words_come_end_as_the_history_says(moved):
    made = written(answers.wait)
    moved.move_to(NOW + datetime.timedelta(days=1))
    Enquiry.objects.filter(pk=made.pk).update(due_at=made.due_at + datetime.timedelta(days=9))
    results = at_once(lambda: add(made), rebuilding.rebuild_running)
    assert not [each for each in results if isinstance(each, Exception)], results
    assert Enquiry.objects.get().due_at == datetime.datetime(2027, 4, 9, 10, tzinfo=UK)
    assert rebuilding.rebuild_running() == 0
