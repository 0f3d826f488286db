"""Thirty seconds in which what was sent can be taken back, and nobody has learned of it."""

import datetime
import uuid

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity import clock, delivery
from activity.models import Event, Notification
from advice.answers import actions
from advice.answers.canned.models import CannedVersion
from advice.answers.models import ReplyDraft
from advice.answers.steps import HELD_FOR
from advice.intake import actions as intake
from advice.intake.models import Message
from advice.queue import actions as queue
from tests.advice.factories import adviser, again, gone, held, holder, link, provider
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
CANARY = "The canary may sing on Tuesday."


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def at(made, name="undo_reply"):
    return reverse(f"advice:{name}", args=[made.reference])


def send(made, user, words=CANARY, step=actions.reply, used=()):
    fields = {"words": words, "once": uuid.uuid4(), "seen": made.revision, "used": used}
    return step(enquiry=made, **fields, by=again(user))


def undo(made, user):
    message = Message.objects.exclude(author=None).get()
    return actions.undo_reply(enquiry=made, once=message.once, by=again(user))


@pytest.mark.parametrize("step", [actions.reply, actions.wait])
def test_until_it_goes_the_enquirer_sees_nothing_of_it(client, user, step):
    made = send(held(user), user, step=step)
    seconds = (Message.objects.get(words=CANARY).goes_at - clock.now()).total_seconds()
    assert 25 < seconds <= 30
    token = link(client, made)
    before = client.get(f"/advice/e/{token}/").content.decode()
    assert CANARY not in before
    assert "An adviser has it" in before
    assert "First reply" not in before
    assert "There is an answer" not in before
    assert "Waiting for you" not in before
    with gone():
        assert CANARY in client.get(f"/advice/e/{token}/").content.decode()


def test_until_it_goes_no_search_finds_it(client, user):
    send(held(user), user)
    assert CANARY[:10] not in client.get("/search/?q=Tuesday").content.decode()
    with gone():
        assert "ENQ-" in client.get("/search/?q=Tuesday").content.decode()


def test_no_mail_leaves_before_its_time_and_one_after(user):
    send(held(user, email="jo@home.example"), user)
    Notification.objects.filter(kind="enquiry.receive").delete()
    delivery.deliver_waiting()
    assert mail.outbox == []
    with gone():
        delivery.deliver_waiting()
        delivery.deliver_waiting()
    assert [message.to for message in mail.outbox] == [["jo@home.example"]]


@pytest.mark.parametrize("step", [actions.reply, actions.wait])
def test_taken_back_it_is_a_draft_and_everything_is_as_before(client, user, step):
    made = held(user, email="jo@home.example")
    Notification.objects.filter(kind="enquiry.receive").delete()
    sent = send(made, user, step=step)
    page = client.get(at(made, "enquiry")).content.decode()
    assert "Until then nobody is told" in page
    once = Message.objects.get(words=CANARY).once
    for _ in range(2):  # pressed twice
        assert client.post(at(made), {"once": str(once)}).url == at(made, "reply")
    fresh = type(made).objects.get(pk=made.pk)
    facts = (fresh.status, fresh.first_replied_at, fresh.due_at, fresh.clock_from)
    assert facts == ("with-adviser", None, made.due_at, made.clock_from)
    assert fresh.revision == sent.revision + 1
    assert Event.objects.filter(kind="enquiry.undo_reply").count() == 1
    assert not Message.objects.filter(words=CANARY).exists()
    read = client.get(at(made, "reply")).content.decode()
    assert CANARY in read
    assert "what you took back" in read
    with gone():
        delivery.deliver_waiting()
    assert mail.outbox == []
    assert Notification.objects.get().held_because == "taken-back"


def test_a_wait_that_was_taken_back_stops_no_clock(client, user):
    made = held(user)
    send(made, user, step=actions.wait)
    undo(made, user)
    assert b"standing still" not in client.get(at(made, "enquiry")).content


def test_only_the_first_reply_is_forgotten(user):
    made = send(held(user), user, "First.")
    with time_machine.travel(clock.now() + datetime.timedelta(hours=1)):
        first = made.first_replied_at
        assert first == Message.objects.get(words="First.").goes_at
        intake.add(enquiry=made, words="And?", once=uuid.uuid4(), by=holder(made))
        made.refresh_from_db()
        made = send(made, user, "Second.")
        once = Message.objects.get(words="Second.").once
        actions.undo_reply(enquiry=made, once=once, by=again(user))
    made.refresh_from_db()
    assert made.first_replied_at == first


def test_the_answers_that_were_put_in_come_back_with_it(user):
    version = CannedVersion.objects.get(answer__code="LEG-2")
    made = send(held(user), user, version.words, used=["LEG-2.1"])
    assert undo(made, user).used == "LEG-2.1"
    assert not version.uses.exists()


def test_too_late_it_stays_and_a_page_says_so(client, user):
    made = send(held(user), user)
    once = str(Message.objects.get(words=CANARY).once)
    assert b"Take back what you sent" in client.get(at(made)).content
    with gone():
        response = client.post(at(made), {"once": once})
        assert response.status_code == 409
        assert b"the enquirer can read it by now" in response.content
        assert b"It cannot be taken back" in client.get(at(made)).content
        assert b"Until then nobody is told" not in client.get(at(made, "enquiry")).content
    assert Message.objects.filter(words=CANARY).exists()
    assert not ReplyDraft.objects.exists()


def test_what_happened_since_keeps_it_as_it_was_sent(client, user):
    made = send(held(user), user)
    intake.add(enquiry=made, words="Thanks", once=uuid.uuid4(), by=holder(made))
    response = client.post(at(made), {"once": str(Message.objects.get(words=CANARY).once)})
    assert response.status_code == 409
    assert b"Something else has happened" in response.content


def test_nobody_else_takes_it_back(client, user):
    made = send(held(user), user)
    once = {"once": str(Message.objects.get(words=CANARY).once)}
    client.force_login(adviser())
    assert client.post(at(made), once).status_code == 403
    assert CANARY not in client.get(at(made)).content.decode()
    client.force_login(adviser(provider("co-operatives-uk")))
    assert client.post(at(made), once).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.undo_reply(enquiry=made, once=uuid.uuid4(), by=again(user))
    client.force_login(user)
    assert b"There is a problem" in client.post(at(made), {"once": "x\x00"}).content


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_delivery_and_an_undo_at_once_leave_one_truth():
    user = adviser()
    for _ in range(4):
        made = send(held(user, email="jo@home.example"), user)
        Notification.objects.filter(kind="enquiry.receive").delete()
        # Its mail is due, its words are not: the very moment at which both may happen.
        Notification.objects.filter(kind="enquiry.reply").update(try_at=clock.now())
        once = Message.objects.get(words=CANARY).once
        undone, _sent = at_once(
            lambda made=made, once=once: actions.undo_reply(
                enquiry=made, once=once, by=again(user)
            ),
            delivery.deliver_waiting,
        )
        told = Notification.objects.get(kind="enquiry.reply")
        is_undone = isinstance(undone, ReplyDraft)
        assert is_undone or isinstance(undone, actions.TooLate)
        assert (told.sent_at is None) == is_undone
        assert Message.objects.filter(words=CANARY).exists() != is_undone
        made.refresh_from_db()
        assert made.status == ("with-adviser" if is_undone else "answered")
        assert len(mail.outbox) == (0 if is_undone else 1)
        mail.outbox.clear()
        Notification.objects.all().delete()
        Message.objects.filter(words=CANARY).delete()
        ReplyDraft.objects.all().delete()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_presses_of_undo_at_once_are_one():
    user = adviser()
    made = send(held(user), user)
    once = Message.objects.get(words=CANARY).once
    press = {"enquiry": made, "once": once}
    results = at_once(*[lambda: actions.undo_reply(**press, by=again(user)) for _ in range(2)])
    assert [type(each) for each in results] == [ReplyDraft, ReplyDraft]
    assert Event.objects.filter(kind="enquiry.undo_reply").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_undo_and_a_close_at_once():
    user = adviser()
    made = send(held(user), user)
    once = Message.objects.get(words=CANARY).once
    results = at_once(
        lambda: actions.undo_reply(enquiry=made, once=once, by=again(user)),
        lambda: queue.close(enquiry=made, outcome="helped", seen=made.revision, by=again(user)),
    )
    made.refresh_from_db()
    names = [type(each).__name__ for each in results]
    expected = {"with-adviser": ["ReplyDraft", "MovedOn"], "closed": ["TooLate", "Enquiry"]}
    assert names == expected[made.status]


def test_the_time_it_is_held_is_what_the_page_says():
    assert datetime.timedelta(seconds=30) == HELD_FOR
