"""What slows robots down loses a person nothing: each refusal says what to do, and that works."""

import datetime
import re

import pytest

from activity import clock
from advice.intake import views
from advice.intake.models import Contact, Enquiry
from tests.advice.factories import CANARY_WORDS, began, typed

pytestmark = pytest.mark.django_db
FACTS = {"telephone": "01632 960 187", "may_ring": "yes", "ring_from": "18:00", "ring_until": ""}


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def test_the_trap_is_out_of_sight_of_the_tab_key_and_of_screen_readers_and_says_what_it_is(client):
    page = client.get("/advice/ask/").content.decode()
    trap = page.split("Leave this box empty")[0].rsplit("<div", 1)[1]
    assert 'class="govuk-visually-hidden" aria-hidden="true"' in trap
    box = re.search(r'<input[^>]*name="website"[^>]*>', page)[0]
    assert 'tabindex="-1"' in box
    assert 'autocomplete="off"' in box


@pytest.mark.parametrize(("website", "seconds"), [("https://spam.example", 60), ("", 0.5)])
def test_whoever_is_caught_keeps_everything_and_sends_it_by_pressing_again(
    client, monkeypatch, website, seconds
):
    caught = {"website": website, "began": began(seconds)}
    page = client.post("/advice/ask/", typed(**FACTS, **caught))
    told = page.content.decode()
    assert "Press the button once more" in told
    for kept in (CANARY_WORDS, FACTS["telephone"], 'value="18:00" selected'):
        assert kept in told
    assert not Enquiry.objects.exists()
    later = clock.now() + datetime.timedelta(seconds=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    again = {name: hidden(page, name) for name in ("website", "began")}
    assert client.post("/advice/ask/", typed(**FACTS) | again).url == "/advice/ask/sent/"
    assert Contact.objects.get().ring_from == datetime.time(18)


def test_a_network_that_sends_very_much_is_told_when_to_come_back_and_then_let_in(
    client, monkeypatch
):
    monkeypatch.setattr(views, "QUESTIONS_A_NETWORK", 1)
    assert client.post("/advice/ask/", typed()).status_code == 302
    page = client.post("/advice/ask/", typed(**FACTS))
    assert "Keep this page open and send it in an hour" in page.content.decode()
    assert FACTS["telephone"] in page.content.decode()
    later = clock.now() + datetime.timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    again = typed(**FACTS) | {"began": hidden(page, "began")}
    assert client.post("/advice/ask/", again).url == "/advice/ask/sent/"
