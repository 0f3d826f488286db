"""Answering: who is told, what is kept when the enquirer writes meanwhile, once is once."""

import uuid

import pytest
from django.urls import reverse

from activity.models import Event, Notification
from advice.intake import actions as intake
from advice.intake.models import Enquiry, Message
from advice.queue import actions as queue
from tests.advice.factories import (
    CANARY_WORDS,
    adviser,
    again,
    employer,
    enquiry,
    gone,
    held,
    holder,
    link,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def address(made, name="reply"):
    return reverse(f"advice:{name}", args=[made.reference])


def typed(made, words="Yes, you may.", **also):
    return {"words": words, "seen": made.revision, "once": str(uuid.uuid4()), **also}


def add(made, words="One thing more"):
    return intake.add(enquiry=made, words=words, once=uuid.uuid4(), by=holder(made))


def test_a_reply_answers_and_tells_the_enquirer_that_there_is_one(client, user):
    made = held(user, email="jo@home.example")
    response = client.post(address(made), typed(made))
    assert response.url == reverse("advice:enquiry", args=[made.reference])
    made.refresh_from_db()
    assert made.status == "answered"
    assert made.first_replied_at is not None
    event = Event.objects.get(kind="enquiry.reply")
    assert (event.before, event.after, event.data) == ("with-adviser", "answered", {})
    told = Notification.objects.get(kind="enquiry.reply")
    assert (told.address, told.ids) == ("jo@home.example", {})


def test_the_enquirer_reads_it_and_no_name_of_ours(client, user):
    made = held(user)
    client.post(address(made), typed(made))
    client.logout()
    token = link(client, made)
    with gone():
        page = client.get(f"/advice/e/{token}/").content.decode()
    assert "Yes, you may." in page
    assert "There is an answer" in page
    assert user.name not in page


def test_without_an_address_nobody_is_mailed(client, user):
    made = held(user)
    assert b"No mail goes out" in client.get(address(made)).content
    client.post(address(made), typed(made))
    assert not Notification.objects.filter(kind="enquiry.reply").exists()


def test_of_a_caller_without_an_address_the_page_says_to_ring(client, user):
    made = held(user, telephone="0116 496 0999")
    Enquiry.objects.filter(pk=made.pk).update(channel="phone")
    page = client.get(address(made)).content.decode()
    assert "They rang, and have no private page to read it on." in page
    assert "they have no private page: ring them" in page
    assert "when they next open their private page" not in page


def test_the_page_says_who_will_read_it_and_shows_what_was_said(client, user):
    made = held(user, email="jo@home.example")
    page = client.get(address(made)).content.decode()
    assert "The enquirer reads this" in page
    assert "a message waits, and nothing else" in page
    assert CANARY_WORDS in page


def test_sent_twice_it_is_sent_once(client, user):
    made = held(user, email="jo@home.example")
    answers = typed(made)
    assert client.post(address(made), answers).status_code == 302
    assert client.post(address(made), answers).status_code == 302
    assert Message.objects.filter(author=user).count() == 1
    assert Notification.objects.filter(kind="enquiry.reply").count() == 1


def test_what_arrived_meanwhile_is_shown_beside_what_was_typed(client, user):
    made = held(user)
    answers = typed(made, "My long answer")
    add(made)
    response = client.post(address(made), answers)
    page = response.content.decode()
    assert response.status_code == 409
    assert "They wrote while you were writing" in page
    assert "One thing more" in page
    assert page.count("My long answer") >= 2
    assert not Message.objects.filter(author=user).exists()


def test_what_arrived_can_be_read_and_the_reply_sent_as_it_is(client, user):
    made = held(user)
    answers = typed(made)
    add(made)
    form = client.post(address(made), answers).context["form"]
    drawn = {name: form[name].value() for name in ("words", "seen", "once")}
    assert drawn["once"] == answers["once"]
    assert client.post(address(made), drawn).status_code == 302
    assert Message.objects.filter(author=user).count() == 1


def test_an_enquiry_that_left_keeps_what_was_typed(client, user):
    made = held(user)
    answers = typed(made, "My long answer")
    intake.withdraw(enquiry=made, seen=made.revision, by=holder(made))
    response = client.post(address(made), answers)
    assert response.status_code == 409
    assert b"Somebody has already moved this on" in response.content
    assert b"My long answer" in response.content


def test_an_enquiry_handed_over_meanwhile_cannot_be_answered(client, user):
    made = held(user)
    answers = typed(made, "My long answer")
    to = adviser()
    hand = {"enquiry": made, "reason": "away", "once": uuid.uuid4(), "seen": made.revision}
    queue.hand_over(**hand, to=to, by=again(user))
    add(made)
    response = client.post(address(made), answers)
    assert response.status_code in (403, 409)
    assert not Message.objects.filter(author=user).exists()


def test_a_colleague_is_told_who_has_it(client):
    owner, colleague = adviser(), adviser()
    made = held(owner)
    client.force_login(colleague)
    response = client.get(address(made))
    assert response.status_code == 403
    assert f"{owner} has this one.".encode() in response.content


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": ""}, "Write your reply"),
        ({"words": "\x00 \x07"}, "Write your reply"),
        ({"words": "word " * 1003}, "Your answer is 1003 words. Take out 3."),
        ({"seen": "abc"}, "There is a problem"),
        ({"once": "nonsense"}, "There is a problem"),
    ],
)
def test_a_wrong_form_sends_nothing_and_keeps_what_was_typed(client, user, wrong, sentence):
    made = held(user)
    page = client.post(address(made), {**typed(made), **wrong}).content.decode()
    assert sentence in page
    assert "Yes, you may." in page or "words" in wrong
    assert not Message.objects.filter(author=user).exists()


def test_html_is_words_for_the_enquirer(client, user):
    made = held(user)
    client.post(address(made), typed(made, "<b>bold</b>"))
    assert b"&lt;b&gt;bold&lt;/b&gt;" in client.get(address(made, "enquiry")).content


def test_an_address_that_the_employer_reads_is_said_on_the_page(client, user):
    made = held(user, email="jo@leicester.example")
    assert b"their employer can read it" not in client.get(address(made, "enquiry")).content
    assert b"No mail goes out" not in client.get(address(made)).content
    employer()
    assert b"their employer can read it" in client.get(address(made, "enquiry")).content
    assert b"No mail goes out" in client.get(address(made)).content


def test_mail_goes_to_an_address_at_work_when_the_employer_may_know(client, user):
    made = held(
        user, email="jo@leicester.example", employer=employer(), employer_must_not_know=False
    )
    assert b"their employer can read it" not in client.get(address(made, "enquiry")).content
    assert b"No mail goes out" not in client.get(address(made)).content


def test_the_page_of_an_enquiry_costs_at_most_ten_queries(
    client, user, django_assert_max_num_queries
):
    made, queued = held(user), enquiry()
    for _ in range(3):
        made = add(made)
    for each in (made, queued):
        client.get(address(each, "enquiry"))
        with django_assert_max_num_queries(10):
            page = client.get(address(each, "enquiry")).content.decode()
        assert "2 working days from" in page
    with django_assert_max_num_queries(10):
        client.get(address(made))


def test_reading_it_writes_nothing(client, user):
    made = held(user)
    before = Event.objects.count()
    for name in ("enquiry", "reply", "wait", "note", "hand_over", "close"):
        assert client.get(address(made, name)).status_code == 200
    made.refresh_from_db()
    assert (Event.objects.count(), made.revision) == (before, 1)
