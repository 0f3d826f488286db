"""Notes: among advisers, never to the enquirer."""

import uuid

import pytest
from django.urls import reverse

from activity.models import Event, Notification
from advice.intake.models import Note
from advice.queue import actions as queue
from tests.advice.factories import advice_lead, adviser, again, held, link, provider

pytestmark = pytest.mark.django_db


def address(made, name="note"):
    return reverse(f"advice:{name}", args=[made.reference])


def press(client, made, words="Ring after six", once=None):
    return client.post(address(made), {"words": words, "once": str(once or uuid.uuid4())})


def test_a_note_is_read_by_colleagues_and_told_to_nobody(client):
    made = held(adviser(), email="jo@home.example")
    Notification.objects.all().delete()
    client.force_login(advice_lead())
    assert b"The enquirer will never read it" in client.get(address(made)).content
    assert press(client, made).status_code == 302
    page = client.get(address(made, "enquiry")).content.decode()
    assert "Ring after six" in page
    assert "only advisers of the provider read this" in page
    assert not Notification.objects.exists()
    assert Event.objects.get(kind="enquiry.note").data == {}
    made.refresh_from_db()
    assert made.revision == 1


def test_the_enquirer_never_reads_it(client):
    user = adviser()
    made = held(user)
    client.force_login(user)
    press(client, made)
    client.logout()
    token = link(client, made)
    for path in ("", "add/", "withdraw/"):
        assert b"Ring after six" not in client.get(f"/advice/e/{token}/{path}").content


def test_pressed_twice_it_is_noted_once(client):
    user = adviser()
    made, once = held(user), uuid.uuid4()
    client.force_login(user)
    press(client, made, once=once)
    press(client, made, once=once)
    assert Note.objects.count() == Event.objects.filter(kind="enquiry.note").count() == 1


def test_an_empty_note_gets_a_sentence(client):
    user = adviser()
    client.force_login(user)
    assert b"Write your note" in press(client, held(user), " ").content


def test_a_note_on_what_went_elsewhere_while_it_was_written_is_shown_to_copy(client):
    user = adviser()
    made = held(user)
    client.force_login(user)
    to = {"to": provider("co-operatives-uk"), "reason": "why", "once": uuid.uuid4()}
    queue.hand_over(enquiry=made, **to, seen=made.revision, by=again(user))
    page = press(client, made, "Typed for five minutes")
    assert page.status_code == 404
    assert b"Typed for five minutes" in page.content
    assert not Note.objects.filter(words__startswith="Typed").exists()
