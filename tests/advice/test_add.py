"""The enquirer adds words."""

import uuid

import pytest

from activity.models import Notification
from advice.intake.models import Enquiry, Message
from advice.queue import actions as queue
from tests.advice.factories import adviser, enquiry, held, link

pytestmark = pytest.mark.django_db


def press(client, token, words="More", once=None):
    form = {"words": words, "once": str(once or uuid.uuid4())}
    return client.post(f"/advice/e/{token}/add/", form)


def test_words_join_the_thread_and_the_queue_keeps_it(client):
    made = enquiry()
    token = link(client, made)
    assert client.get(f"/advice/e/{token}/add/").status_code == 200
    assert press(client, token).url == f"/advice/e/{token}/"
    made.refresh_from_db()
    assert (made.status, made.revision) == ("queued", 1)
    assert made.messages.last().words == "More"
    assert made.messages.last().revision == 1


def test_its_adviser_is_told_inside_the_portal_alone(client):
    user = adviser()
    press(client, link(client, held(user)))
    told = Notification.objects.get(kind="enquiry.add")
    assert (told.user, told.mailed) == (user, False)


def test_pressed_twice_it_is_added_once(client):
    token, once = link(client, enquiry()), uuid.uuid4()
    assert press(client, token, once=once).status_code == 302
    assert press(client, token, once=once).status_code == 302
    assert Message.objects.filter(words="More").count() == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Write what you want to add"),
        ("\x00", "Write what you want to add"),
        ("word " * 501, "Take out 1."),
    ],
)
def test_wrong_words_get_a_sentence(client, words, sentence):
    token = link(client, enquiry())
    assert sentence in press(client, token, words).content.decode()
    assert Message.objects.count() == 1


def test_a_claim_meanwhile_loses_no_words(client):
    made = enquiry()
    token = link(client, made)
    client.get(f"/advice/e/{token}/add/")
    queue.claim(enquiry=made, seen=0, by=adviser())
    assert press(client, token).status_code == 302
    assert Enquiry.objects.get().status == "with-adviser"


def test_an_enquiry_that_is_over_keeps_what_was_typed_to_copy(client):
    made = enquiry()
    token = link(client, made)
    client.post(f"/advice/e/{token}/withdraw/", {"seen": 0})
    response = press(client, token, "My words")
    assert response.status_code == 409
    assert b"My words" in response.content


def test_without_proof_nothing_is_added(client):
    made = enquiry(email="jo@home.example")
    token = link(client, made, proved=False, address="jo@home.example")
    assert press(client, token).url == f"/link/{token}/code/"
    assert Message.objects.count() == 1
