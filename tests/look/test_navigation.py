"""The frame: which items whom, and never a link to nowhere."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import path

from accounts.models import Appointment, Organisation, Role, User
from mutuals_portal import navigation

pytestmark = pytest.mark.django_db
urlpatterns = [path("here/", lambda request: None, name="here")]


@pytest.fixture
def amina():
    return User.objects.create_user("amina@example.org", name="Amina")


def appoint(user, *roles):
    body = Organisation.objects.create(slug="co", name="Cabinet Office", kind="department")
    for role in roles:
        Appointment.objects.create(
            user=user, role=role, organisation=body, starts_on=datetime.date(2020, 1, 1)
        )


def test_an_item_whose_page_does_not_exist_is_left_out(monkeypatch):
    monkeypatch.setattr(navigation, "PUBLIC", [("Home", "home"), ("Nowhere", "no:where")])
    assert [str(item.text) for item in navigation.items_for(AnonymousUser(), "/")] == ["Home"]


def test_a_role_whose_pages_do_not_exist_yet_has_the_public_items(amina, monkeypatch):
    appoint(amina, Role.CHALLENGE_GROUP)
    monkeypatch.setitem(navigation.BY_ROLE, Role.CHALLENGE_GROUP, [("Nowhere", "no:where")])
    public = [item.href for item in navigation.items_for(AnonymousUser(), "/")]
    assert [item.href for item in navigation.items_for(amina, "/")] == public


def test_the_first_page_that_exists_is_taken():
    assert navigation.address("no:where", "home") == "/"
    assert navigation.address("no:where") == ""


def test_every_role_has_items():
    assert set(navigation.BY_ROLE) == set(Role)


def test_somebody_without_a_role_sees_what_a_team_needs(amina):
    assert navigation.entries_for(amina) == navigation.PROPOSER


def test_two_roles_see_both_lists_and_each_page_once(amina, monkeypatch):
    appoint(amina, Role.REVIEWER, Role.ADVISER)
    monkeypatch.setitem(
        navigation.BY_ROLE, Role.REVIEWER, [("Home", "home"), ("Mail", "activity:inbox")]
    )
    monkeypatch.setitem(
        navigation.BY_ROLE, Role.ADVISER, [("Desk", "start"), ("Home again", "home")]
    )
    items = navigation.items_for(amina, "/start/")
    assert [(item.text, item.current) for item in items] == [
        ("Home", False),
        ("Mail", False),
        ("Desk", True),
    ]


def test_the_header_of_somebody_signed_in(client, amina):
    client.force_login(amina)
    text = client.get("/").content.decode()
    assert "Amina" in text
    assert '<form method="post" action="/accounts/sign-out/">' in text
    assert "unread" not in text
