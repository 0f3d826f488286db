"""The page that everybody lands on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.examples import address
from accounts.models import User
from tests.factories import UserFactory


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/start/").url.startswith("/accounts/sign-in/")


@pytest.mark.django_db
def test_somebody_new_is_told_what_they_can_begin(client):
    client.force_login(UserFactory(name="Amira Cole"))
    page = client.get("/start/").content.decode()
    assert "What waits for you, Amira" in page
    assert "Nothing waits for you." in page
    assert 'href="/proposals/new/"' in page


# What the example records leave to each of the example people.
WAITS = {
    "lead": ["Read this text and sign it", "Go on writing", "Read the letter"],
    "reviewer": ["Say whether you have a conflict"],
    "decision_maker": ["Countersign, or send back", "Release the letter"],
    "coordinator": ["Publish it when its facts are right"],
    "mentor": ["Answer the offer of a mentor"],
    "adviser": ["Take the next enquiry"],
}


@pytest.mark.slow
def test_each_person_lands_on_what_waits_for_them(examples, client):
    missing = {}
    for person, words in WAITS.items():
        client.force_login(User.objects.get(email=address(person)))
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/start/").content.decode()
        assert len(queries) <= 8, person
        if absent := [each for each in words if each not in page]:
            missing[person] = absent
    assert missing == {}
