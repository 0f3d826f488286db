"""Views of the queue under a name: an address with filters, seen by its owner alone."""

import uuid

import pytest

from advice.queue.models import QueueView
from tests.advice.factories import adviser, enquiry, somebody

pytestmark = pytest.mark.django_db
SAVE = "/advice/views/save/?view=all&topic=STF&q=ballot&urgent=on&sector=nonsense"


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def test_a_view_is_kept_once_and_opens_what_its_filters_say(client, user):
    typed = {"name": "Ballots <b>", "once": uuid.uuid4()}
    assert "Save this view" in client.get(SAVE).content.decode()
    assert "Enter a name" in client.post(SAVE, {"once": uuid.uuid4()}).content.decode()
    for _ in range(2):
        assert client.post(SAVE, typed).url == "/advice/views/"
    kept = QueueView.objects.get()
    page = client.get("/advice/views/").content.decode()
    assert "Ballots &lt;b&gt;" in page
    opened = client.get(f"/advice/views/{kept.key}/")
    assert opened.url == "/advice/queue/?view=all&q=ballot&topic=STF&urgent=on"
    client.post(f"/advice/views/{kept.key}/delete/")
    assert "You keep no view yet" in client.get("/advice/views/").content.decode()


def test_nobody_else_sees_opens_or_deletes_it(client, user):
    client.post(SAVE, {"name": "Canary view", "once": uuid.uuid4()})
    kept = QueueView.objects.get()
    client.force_login(adviser())
    assert list(client.get("/advice/views/").context["saved"]) == []
    assert client.get(f"/advice/views/{kept.key}/").status_code == 404
    for send in (client.get, client.post):
        assert send(f"/advice/views/{kept.key}/delete/").status_code == 404
    client.force_login(somebody())
    assert client.get("/advice/views/").status_code == 403


def test_the_queue_offers_to_save_what_is_filtered(client, user):
    enquiry()
    assert "Save this view" not in client.get("/advice/queue/").content.decode()
    page = client.get("/advice/queue/?topic=STF").content.decode()
    assert "/advice/views/save/?view=open&amp;topic=STF" in page
