"""Who may see a mentorship, each audience alone; and what each side never learns."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role
from activity import clock
from activity.models import Notification
from activity.subjects import subject_of
from pathfinders.mentoring import actions
from pathfinders.mentoring.models import Mentorship, Reason, of_mentors, of_own_people
from pathfinders.register.models import Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db
PAGES = ["", "accept/", "decline/", "withdraw-offer/"]


def test_the_audience_of_mentors_is_their_own_body_alone():
    own, other = factories.offer(), factories.offer()
    mentor, _ = factories.sides(own)
    assert list(Mentorship.objects.filter(of_mentors(mentor))) == [own]
    assert other not in Mentorship.objects.visible_to(mentor)


def test_the_audience_of_a_mutual_is_its_own_people_alone():
    own = factories.offer()
    factories.offer()
    assert list(Mentorship.objects.filter(of_own_people(factories.sides(own)[1]))) == [own]


def test_coordinators_see_all_and_others_none(coordinator):
    factories.offer()
    assert Mentorship.objects.visible_to(coordinator).count() == 1
    for role in [role for role in Role if role != Role.COORDINATOR]:
        assert not Mentorship.objects.visible_to(factories.person(role)).exists()
    assert not Mentorship.objects.visible_to(AnonymousUser()).exists()


def test_a_suggestion_is_shown_to_neither_side(coordinator):
    entry, mentor = factories.entry(people=[factories.person()]), factories.mentor()
    proposed = actions.propose(entry, mentor, why="Perhaps")
    for person in factories.sides(proposed):
        assert not Mentorship.objects.visible_to(person).exists()
    assert Mentorship.objects.visible_to(coordinator).exists()


def test_a_mentor_sees_the_private_entry_while_the_offer_is_open():
    offer = factories.offer()
    mentor, _ = factories.sides(offer)
    assert offer.pathfinder in Pathfinder.objects.visible_to(mentor)
    actions.decline(offer, by=mentor, seen=offer.revision, reason=Reason.NO_TIME)
    assert offer.pathfinder not in Pathfinder.objects.visible_to(mentor)


def test_a_role_that_has_ended_shows_nothing():
    offer = factories.offer()
    mentor, _ = factories.sides(offer)
    mentor.appointments.update(ends_on=clock.today())
    mentor = type(mentor).objects.get(pk=mentor.pk)
    assert not Mentorship.objects.visible_to(mentor).exists()
    assert not Pathfinder.objects.visible_to(mentor).exists()


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_does_not_find_it(as_, page):
    offer = factories.offer()
    for role in (None, Role.MENTOR, Role.DECISION_MAKER):
        browser = as_(factories.person(*([role] if role else [])))
        assert browser.get(offer.get_absolute_url() + page).status_code == 404
        reply = browser.post(offer.get_absolute_url() + page, {"seen": 1})
        assert reply.status_code in ((404, 405) if not page else (404,))


def test_the_public_page_names_no_mentor(client):
    offer = factories.offer(pathfinder=factories.entry(people=[factories.person()]))
    for person in factories.sides(offer):
        offer = actions.accept(offer, by=person, seen=offer.revision)
    html = client.get(offer.pathfinder.get_absolute_url()).content.decode()
    assert offer.mentor.name not in html
    assert "MEN-" not in html


def test_the_other_side_does_not_read_why_somebody_declined(as_, coordinator):
    offer = factories.offer()
    mentor, own = factories.sides(offer)
    words = "They quarrelled with us."
    actions.decline(offer, by=mentor, seen=offer.revision, reason=Reason.OTHER, words=words)
    for reader, reads in ((own, False), (mentor, False), (coordinator, True)):
        html = as_(reader).get(offer.get_absolute_url()).content.decode()
        assert (words in html) is reads
        assert ("Something else" in html) is reads


def test_names_of_the_other_side_are_told_once_both_said_yes(as_):
    offer = factories.offer()
    mentor, own = factories.sides(offer)
    assert mentor.name not in as_(own).get(offer.get_absolute_url()).content.decode()
    for person in (mentor, own):
        offer = actions.accept(offer, by=person, seen=offer.revision)
    assert mentor.name in as_(own).get(offer.get_absolute_url()).content.decode()


def _declined(offer, mentor, coordinator):
    actions.decline(offer, by=mentor, seen=offer.revision, reason=Reason.NO_TIME)


def _withdrawn(offer, mentor, coordinator):
    actions.withdraw_offer(offer, by=coordinator, seen=offer.revision, reason="Too soon")


def _expired(offer, mentor, coordinator):
    factories.due(offer, -1)
    actions.expire_offers()


@pytest.mark.parametrize("end", [_declined, _withdrawn, _expired])
def test_names_of_the_other_side_stay_untold_when_nothing_came_of_the_offer(as_, coordinator, end):
    offer = factories.offer()
    mentor, own = factories.sides(offer)
    end(offer, mentor, coordinator)
    for reader, other in ((own, mentor), (mentor, own)):
        assert other.name not in as_(reader).get(offer.get_absolute_url()).content.decode()
    page = as_(coordinator).get(offer.get_absolute_url()).content.decode()
    assert mentor.name in page
    assert own.name in page


def test_whoever_no_longer_sees_the_entry_gets_its_name_without_a_link(as_):
    offer = factories.offer()
    mentor, own = factories.sides(offer)
    link = f'href="{offer.pathfinder.get_absolute_url()}"'
    assert link in as_(mentor).get(offer.get_absolute_url()).content.decode()
    actions.decline(offer, by=mentor, seen=offer.revision, reason=Reason.NO_TIME)
    page = as_(mentor).get(offer.get_absolute_url()).content.decode()
    assert link not in page
    assert offer.pathfinder.name in page
    assert link in as_(own).get(offer.get_absolute_url()).content.decode()


def test_mail_to_somebody_who_lost_the_role_is_held():
    offer = factories.offer()
    mentor, _ = factories.sides(offer)
    told = Notification.objects.filter(kind="mentorship.offer")
    guard = subject_of(told[0]).guard
    assert [guard(row, offer) for row in told] == [None, None]
    mentor.appointments.update(ends_on=clock.today())
    offer.pathfinder.members.all().delete()
    assert [guard(row, offer) for row in told.all()] == ["not-theirs", "not-theirs"]
