"""The enquirer stops."""

import pytest

from activity.models import Event, Notification
from tests.advice.factories import adviser, enquiry, held, link

pytestmark = pytest.mark.django_db


def test_a_press_stops_it_and_its_adviser_is_told(client):
    user = adviser()
    made = held(user)
    token = link(client, made)
    assert b"Nobody will answer it any more" in client.get(f"/advice/e/{token}/withdraw/").content
    response = client.post(f"/advice/e/{token}/withdraw/", {"seen": made.revision})
    assert response.url == f"/advice/e/{token}/"
    made.refresh_from_db()
    assert made.status == "withdrawn"
    assert Event.objects.filter(kind="enquiry.withdraw").count() == 1
    assert Notification.objects.get(kind="enquiry.withdraw").user == user


def test_the_page_stays_and_offers_no_step(client):
    made = enquiry()
    token = link(client, made)
    client.post(f"/advice/e/{token}/withdraw/", {"seen": 0})
    page = client.get(f"/advice/e/{token}/").content.decode()
    assert "You stopped this on" in page
    assert "Add to it" not in page
    assert "Ask another question" in page


def test_an_old_page_is_refused(client):
    made = held(adviser())
    token = link(client, made)
    assert client.post(f"/advice/e/{token}/withdraw/", {"seen": 0}).status_code == 409


def test_a_bent_form_stops_nothing(client):
    made = enquiry()
    token = link(client, made)
    assert client.post(f"/advice/e/{token}/withdraw/", {"seen": "x"}).status_code == 200
    made.refresh_from_db()
    assert made.status == "queued"
