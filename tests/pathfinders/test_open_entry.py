"""A coordinator opens an entry that came from no approval."""

import pytest

from accounts.models import Role
from pathfinders.register.models import Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db
OPEN = "/programme/open/"
WORDS = {"name": "Wolds Nursing", "stage": "appraisal", "source": "A visit in June"}


def test_it_is_private_with_its_source(as_, coordinator, client):
    browser = as_(coordinator)
    assert browser.get(OPEN).status_code == 200
    assert not Pathfinder.objects.exists()
    reply = browser.post(OPEN, WORDS | {"place": "Louth", "region": "east-midlands"})
    made = Pathfinder.objects.get()
    assert reply.url == made.get_absolute_url()
    assert (made.status, made.places, made.is_published) == ("appraisal", ["Louth"], False)
    assert made.entries.get().source == "A visit in June"
    assert client.get(reply.url).status_code == 404


def test_sent_twice_it_opens_one(as_, coordinator):
    browser = as_(coordinator)
    browser.post(OPEN, WORDS)
    again = browser.post(OPEN, WORDS)
    assert "has this name. Open that one" in again.content.decode()
    assert Pathfinder.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter the name that it goes by"),
        ({"name": "x" * 121}, "1 letter too long"),
        ({"stage": "closed"}, "Choose one of the answers"),
        ({"source": "\x00"}, "Enter where this is from"),
        ({"proposal_reference": "42"}, "Enter the reference like RTP-2026-0042"),
        ({"proposal_reference": "RTP-2026-0001"}, "is the entry of this proposal"),
    ],
    ids=str,
)
def test_what_cannot_be_read_gets_a_sentence_and_stays(as_, coordinator, typed, sentence):
    factories.entry(proposal_reference="RTP-2026-0001")
    page = as_(coordinator).post(OPEN, WORDS | {"summary": "<b>Kept</b>"} | typed)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "&lt;b&gt;Kept&lt;/b&gt;" in page.content.decode()
    assert Pathfinder.objects.count() == 1


def test_it_is_for_coordinators_alone(as_, client):
    for role in [None, *(role for role in Role if role != Role.COORDINATOR)]:
        browser = as_(factories.person(*([role] if role else [])))
        assert browser.get(OPEN).status_code == 403
        assert browser.post(OPEN, WORDS).status_code == 403
    assert client.get(OPEN).status_code == 302
    signed_out = client.post(OPEN, WORDS)
    assert signed_out.status_code == 403
    assert "You were signed out" in signed_out.content.decode()
    assert not Pathfinder.objects.exists()
