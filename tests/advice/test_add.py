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


def test_without_proof_nothing_is_added_and_nothing_is_lost(client):
    made = enquiry(email="jo@home.example")
    token = link(client, made, proved=False, address="jo@home.example")
    assert client.get(f"/advice/e/{token}/add/").url == f"/link/{token}/code/"
    page = press(client, token, "My words")
    assert (page.status_code, b"My words" in page.content) == (403, True)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("verb", ["", "add/", "withdraw/"])
def test_after_the_session_ended_nothing_is_done_and_nothing_is_lost(client, verb):
    made = enquiry()
    token = link(client, made)
    client.cookies.clear()
    page = client.post(f"/advice/e/{token}/{verb}", {"words": "My <words>", "seen": 0})
    assert page.status_code == 403
    text = page.content.decode()
    assert "My &lt;words&gt;" in text
    assert f'href="/advice/e/{token}/{verb}"' in text
    assert Enquiry.objects.get().status == "queued"
    assert Message.objects.count() == 1


def test_a_press_without_words_after_the_session_ended_asks_for_the_button(client):
    token = link(client, enquiry())
    client.cookies.clear()
    page = client.post(f"/advice/e/{token}/withdraw/", {"seen": 0})
    assert b'name="open-link"' in page.content
    assert Enquiry.objects.get().status == "queued"
