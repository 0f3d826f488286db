"""Phone notes: for the advisers of the provider, and for nobody else whatever way they look."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from activity import clock
from activity.models import Event, Notification
from advice.intake.models import PhoneNote
from advice.queue import actions as queue
from tests.advice.factories import advice_lead, adviser, again, held, link, provider, somebody

pytestmark = pytest.mark.django_db
SONG = "The canary sang of the manager on the telephone"


def address(made, name="phone_note"):
    return reverse(f"advice:{name}", args=[made.reference])


def typed(**answers):
    call = {"rang": "we", "reached": "yes", "day": "26/11/2026", "time": "9.05 am", "minutes": "4"}
    return {**call, "words": SONG, "once": str(uuid.uuid4()), **answers}


@pytest.fixture
def user():
    return adviser()


@pytest.fixture
def made(user):
    return held(user, email="jo@home.example", words="May we?")


@pytest.fixture
def morning(monkeypatch):
    at = datetime.datetime(2026, 11, 26, 13, tzinfo=datetime.UTC)
    monkeypatch.setattr(clock, "now", lambda: at)


def press(client, made, **answers):
    return client.post(address(made), typed(**answers))


def test_it_is_kept_with_its_call_and_read_by_the_provider_alone(client, user, made, morning):
    Notification.objects.all().delete()
    client.force_login(user)
    page = client.get(address(made)).content.decode()
    for words in ("only advisers and leads of", "will never read it", 'value="1pm"'):
        assert words in page
    assert press(client, made).status_code == 302
    note = PhoneNote.objects.get()
    assert (note.author, note.minutes, note.rang, note.reached) == (user, 4, "we", True)
    assert note.began_at == datetime.datetime(2026, 11, 26, 9, 5, tzinfo=datetime.UTC)
    assert str(note) == f"phone note of {made.pk}"
    for reader in (user, adviser(), advice_lead()):
        client.force_login(reader)
        told = client.get(address(made, "enquiry")).content.decode()
        assert SONG in told
        assert "We rang on Thursday 26 November 2026 at 9:05am, 4 minutes." in told
    event = Event.objects.get(kind="enquiry.phone_note")
    assert event.data == {"rang": "we", "reached": True}
    assert not Notification.objects.exists()


def test_nobody_else_reads_it_whatever_way_they_look(client, user, made, morning):
    client.force_login(user)
    press(client, made)
    client.logout()
    token = link(client, made)
    for path in ("", "add/", "withdraw/"):
        assert SONG not in client.get(f"/advice/e/{token}/{path}").content.decode()
    assert "The canary sang" not in str(list(Event.objects.values()))
    other = adviser(provider("co-operatives-uk"))
    for reader in (other, advice_lead(provider("co-operatives-uk")), somebody(), user):
        client.force_login(reader)
        for path in ("/search/?q=canary+telephone", "/advice/queue/?view=all", "/advice/desk/"):
            assert "The canary sang" not in client.get(path).content.decode()
        if reader != user:
            for name in ("phone_note", "enquiry"):
                assert client.get(address(made, name)).status_code in (403, 404)
            assert press(client, made).status_code in (403, 404)
    assert PhoneNote.objects.count() == 1


def test_pressed_twice_it_is_noted_once(client, user, made, morning):
    client.force_login(user)
    once = str(uuid.uuid4())
    for _ in range(2):
        press(client, made, once=once)
    press(client, made, once=once, minutes="5")
    assert PhoneNote.objects.count() == 2


def test_a_call_that_nobody_answered_needs_no_words(client, user, made, morning):
    client.force_login(user)
    press(client, made, reached="no", words="", minutes="", time="14:00", day="25/11/2026")
    told = client.get(address(made, "enquiry")).content.decode()
    assert "We rang on Wednesday 25 November 2026 at 2pm and did not reach them." in told


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"words": "\x00"}, "Write what was said"),
        ({"words": "word " * 1003}, "Take out 3."),
        ({"minutes": ""}, "Enter how many minutes"),
        ({"minutes": "601"}, "600"),
        ({"minutes": "five"}, "Enter a whole number"),
        ({"rang": "they", "reached": "no"}, "Choose yes: whoever rings us speaks to us"),
        ({"reached": ""}, "Choose whether you spoke to them"),
        ({"time": "25:00"}, "Enter a time, like 2:15pm"),
        ({"time": "1:01pm"}, "A call cannot begin later than now"),
        ({"day": "27/11/2026"}, "Enter a date on or before 26 November 2026"),
        ({"day": "\u202e"}, "Enter"),
        ({"once": "x"}, "This page did not load whole"),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_the_words_stay(
    client, user, made, morning, answers, sentence
):
    client.force_login(user)
    page = press(client, made, **answers)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert SONG in page.content.decode() or "words" in answers
    assert not PhoneNote.objects.exists()


def test_hostile_words_are_escaped(client, user, made, morning):
    client.force_login(user)
    press(client, made, words="<script>alert(1)</script>\u202e" + "a" * 100_000)
    page = client.get(address(made, "enquiry")).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "a" * 100_000 in page


def test_a_note_on_what_went_elsewhere_while_it_was_written_is_shown_to_copy(
    client, user, made, morning
):
    client.force_login(user)
    to = {"to": provider("co-operatives-uk"), "reason": "why", "once": uuid.uuid4()}
    queue.hand_over(enquiry=made, **to, seen=made.revision, by=again(user))
    page = press(client, made)
    assert page.status_code == 404
    assert SONG in page.content.decode()


def test_whoever_rang_us_was_reached_whatever_is_written(made, user):
    call = {"enquiry": made, "author": user, "began_at": clock.now(), "minutes": 1}
    with pytest.raises(IntegrityError, match="had_or_tried"), transaction.atomic():
        PhoneNote.objects.create(**call, rang="they", reached=False)
