"""Publishing an entry: by a coordinator, once, from the page as it stands."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from activity.models import Event
from pathfinders.register import actions
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db


def address(entry) -> str:
    return f"/pathfinders/{entry.reference}/publish/"


def test_everybody_sees_it_afterwards(as_, coordinator, client):
    entry = factories.entry(published=False)
    browser = as_(coordinator)
    assert "Anyone will be able to read" in browser.get(address(entry)).content.decode()
    reply = browser.post(address(entry), {"seen": 0}, follow=True)
    assert "Everybody can see this entry now." in reply.content.decode()
    assert client.get(entry.get_absolute_url()).status_code == 200
    event = Event.objects.of(entry).last()
    assert (event.kind, event.actor_id) == ("pathfinder.publish", str(coordinator.pk))


def test_looking_at_the_page_publishes_nothing(as_, coordinator):
    entry = factories.entry(published=False)
    as_(coordinator).get(address(entry))
    entry.refresh_from_db()
    assert not entry.is_published


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.COORDINATOR)])
def test_the_wrong_role_is_refused(as_, role):
    user = factories.person(*([role] if role else []))
    entry = factories.entry(published=False, people=[user])
    assert as_(user).get(address(entry)).status_code == 403
    assert as_(user).post(address(entry), {"seen": 0}).status_code == 403
    entry.refresh_from_db()
    assert not entry.is_published


def test_a_visitor_is_asked_to_sign_in(client):
    entry = factories.entry(published=False)
    assert client.post(address(entry), {"seen": 0}).url.startswith("/accounts/sign-in/")


def test_pressed_twice_the_second_hears_that_it_moved_on(as_, coordinator):
    entry = factories.entry(published=False)
    browser = as_(coordinator)
    browser.post(address(entry), {"seen": 0})
    again = browser.post(address(entry), {"seen": 0})
    assert again.status_code == 409
    assert browser.get(address(entry)).status_code == 409


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999", "\x00"])
def test_a_page_without_its_revision_says_what_to_do(as_, coordinator, seen):
    entry = factories.entry(published=False)
    page = as_(coordinator).post(address(entry), {"seen": seen})
    assert page.status_code == 200
    assert "open the page again and press the button there" in page.content.decode()


def test_it_costs_at_most_6_queries(as_, coordinator, django_assert_max_num_queries):
    entry = factories.entry(published=False)
    browser = as_(coordinator)
    with django_assert_max_num_queries(6):
        browser.get(address(entry))


def test_all_that_becomes_public_is_shown_before(as_, coordinator, client):
    parents = {"Great Western Hospital": None}
    entry = factories.entry(published=False, parents=parents, places=["Swindon"])
    browser = as_(coordinator)
    page = browser.get(address(entry)).content.decode()
    browser.post(address(entry), {"seen": 0})
    public = client.get(entry.get_absolute_url()).content.decode()
    for words in (
        "Great Western Hospital",
        "Source: A test.",
        "Swindon",
        "The journey so far",
        "Setting up: agreement, award, people, premises.",
        "How many people work there.",
        "Entry 1, written on",
    ):
        assert words in public
        assert words in page


def test_whoever_may_not_publish_does_not_hear_that_it_moved_on():
    entry = factories.entry(published=True)
    with pytest.raises(PermissionDenied):
        actions.publish(entry, by=factories.person(), seen=entry.revision + 1)
