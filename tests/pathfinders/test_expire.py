"""An offer that nobody answers ends by itself when its day has gone by, and its seat is free."""

import pytest
from django.conf import settings

from activity.models import Event, Notification
from mutuals_portal.celery import app
from pathfinders import tasks
from pathfinders.mentoring import actions
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db


def test_its_last_day_is_still_a_day_to_answer():
    offer = factories.due(factories.offer(), 0)
    assert actions.expire_offers() == 0
    offer.refresh_from_db()
    assert offer.status == "offered"


def test_the_day_after_it_ends_and_everybody_is_told(as_, coordinator):
    offer = factories.due(factories.offer(by=coordinator), -1)
    people = factories.sides(offer)
    page = as_(people[0]).get(offer.get_absolute_url()).content.decode()
    assert "about to end by itself" in page
    tasks.expire_offers()
    offer.refresh_from_db()
    assert offer.status == "expired"
    told = Notification.objects.filter(kind="mentorship.answer")
    assert {row.user for row in told} == {*people, coordinator}
    event = Event.objects.of(offer).last()
    assert (event.kind, event.actor_kind, event.actor_id) == (
        "mentorship.expire",
        "system",
        "offers",
    )
    page = as_(people[0]).get(offer.get_absolute_url()).content.decode()
    assert "No answer by the date. That is all right." in page
    assert "The day to answer went by, and the offer ended" in page


def test_its_seat_and_its_pathfinder_are_free_again(as_, coordinator):
    offer = factories.due(factories.offer(by=coordinator), -1)
    actions.expire_offers()
    again = factories.offer(mentor=offer.mentor, pathfinder=offer.pathfinder, by=coordinator)
    assert again.seat == offer.seat
    page = as_(coordinator).get(offer.get_absolute_url()).content.decode()
    assert "It holds no seat." in page


def test_one_yes_does_not_keep_it(as_):
    offer = factories.offer()
    actions.accept(offer, by=factories.sides(offer)[0], seen=offer.revision)
    factories.due(offer, -1)
    assert actions.expire_offers() == 1


def test_what_is_agreed_or_ended_is_left_alone():
    offer = factories.offer()
    for person in factories.sides(offer):
        offer.refresh_from_db()
        actions.accept(offer, by=person, seen=offer.revision)
    factories.due(offer, -1)
    assert actions.expire_offers() == 0
    offer.refresh_from_db()
    assert offer.status == "accepted"


def test_the_timetable_names_it():
    app.loader.import_default_modules()
    names = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.expire_offers.name in names
    assert names <= app.tasks.keys()
