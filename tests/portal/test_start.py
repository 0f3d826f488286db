"""The page that everybody lands on."""

import pytest

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/start/").url.startswith("/accounts/sign-in/")


def test_somebody_new_is_told_what_they_can_begin(client):
    client.force_login(UserFactory(name="Amira Cole"))
    page = client.get("/start/").content.decode()
    assert "What waits for you, Amira" in page
    assert "Nothing waits for you." in page
    assert 'href="/proposals/new/"' in page
