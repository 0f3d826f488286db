"""Offering a mentor: within free seats, by a date, both told; refused with the reason."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Role
from activity import clock
from activity.models import Notification
from pathfinders import reference
from pathfinders.journey import actions as journey
from pathfinders.mentoring import actions, terms
from pathfinders.mentoring.models import Mentor, Mentorship
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pathfinder(db):
    return factories.entry(published=False, people=[factories.person()])


def address(pathfinder) -> str:
    return f"/pathfinders/{pathfinder.reference}/offer/"


def words(mentor, **fields) -> dict[str, object]:
    return {"seen": 0, "mentor": mentor.slug, "why": "Both care for people."} | fields


def test_the_twelve_organisations_and_one_person_are_loaded_with_seats():
    reference.load()
    reference.load()
    mentors = Mentor.objects.approved().with_seats()
    assert len(mentors) == 13
    assert [each.name for each in mentors if each.is_person] == [
        "Lord Victor Adebowale, chief executive of Turning Point"
    ]
    assert all(each.seats_free == each.seats_in_all > 0 for each in mentors)
    assert Mentor.objects.get(slug="godrevy").useful_for == ""


def test_both_sides_are_told_and_the_seat_is_held(as_, coordinator, pathfinder):
    mentor = factories.mentor(seats=2)
    browser = as_(coordinator)
    page = browser.get(address(pathfinder)).content.decode()
    assert "2 of 2 seats free" in page
    assert not Mentorship.objects.exists()
    reply = browser.post(address(pathfinder), words(mentor), follow=True)
    assert "The offer is made. Both sides are told." in reply.content.decode()
    made = Mentorship.objects.get()
    assert (made.status, made.seat.n) == ("offered", 1)
    told = Notification.objects.filter(kind="mentorship.offer")
    assert {row.user for row in told} == set(factories.sides(made))
    assert {row.due_on for row in told} == {made.answer_by}
    other = factories.entry(people=[factories.person()])
    assert "1 of 2 seats free" in browser.get(address(other)).content.decode()


def test_the_day_to_answer_leaves_out_weekends_and_holidays():
    offered_on = datetime.date(2026, 12, 18)  # a Friday
    due = terms.explained(offered_on)
    assert due.due_on == datetime.date(2027, 1, 6)
    assert len(due.left_out) == 3  # Christmas, Boxing Day (observed), New Year


def test_a_published_entry_is_offered_too(coordinator):
    public = factories.entry(people=[factories.person()])
    made = actions.offer(public, factories.mentor(), by=coordinator, seen=0, why="Near.")
    assert made.status == "offered"


def refusals():
    """What makes a pair impossible -> a part of the sentence."""

    def no_seat(pathfinder, mentor):
        factories.offer(mentor=mentor)

    def ended(pathfinder, mentor):
        journey.end(
            pathfinder,
            by=factories.coordinator(),
            seen=0,
            how="closed",
            on=datetime.date(2026, 1, 5),
            source="Letter",
            reason="No contract.",
            staff="Moved.",
            service="Ended.",
            assets="Sold.",
        )

    def nobody_answers(pathfinder, mentor):
        mentor.people().get().appointments.all().delete()

    def nobody_of_it(pathfinder, mentor):
        pathfinder.members.all().delete()

    def own_mentor(pathfinder, mentor):
        factories.join(pathfinder, mentor.people().get())

    def same_body(pathfinder, mentor):
        pathfinder.parent_bodies.create(as_stated="Body", organisation=mentor.organisation)

    return {
        no_seat: "has no free seat now. Choose another mentor",
        ended: "has ended",
        nobody_answers: "nobody could answer",
        nobody_of_it: "Nobody of this pathfinder is here",
        own_mentor: "own people mentors for",
        same_body: "came from the body",
    }


@pytest.mark.parametrize(("spoil", "sentence"), refusals().items(), ids=lambda x: str(x)[:24])
def test_a_pair_that_cannot_be_is_refused_with_the_reason(
    as_, coordinator, pathfinder, spoil, sentence
):
    mentor = factories.mentor()
    spoil(pathfinder, mentor)
    pathfinder.refresh_from_db()
    before = Mentorship.objects.count()
    typed = words(mentor, seen=pathfinder.revision, why="<i>Kept</i> words")
    page = as_(coordinator).post(address(pathfinder), typed)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "&lt;i&gt;Kept&lt;/i&gt; words" in page.content.decode()
    assert Mentorship.objects.count() == before


def test_the_seat_after_one_that_is_held_is_given(coordinator):
    mentor = factories.mentor(seats=2)
    assert [factories.offer(mentor=mentor).seat.n for _ in range(2)] == [1, 2]
    with pytest.raises(ValidationError):
        factories.offer(mentor=mentor)


def test_only_a_coordinator_offers(as_, pathfinder):
    with pytest.raises(PermissionDenied):
        actions.offer(pathfinder, factories.mentor(), by=pathfinder.people.get(), seen=0, why="Me.")
    public = factories.entry()
    browser = as_(factories.person(Role.MENTOR))
    assert browser.get(address(public)).status_code == 403
    assert browser.post(address(public), {"seen": 0}).status_code == 403
    assert browser.get(address(pathfinder)).status_code == 404


def test_a_page_from_before_the_entry_moved_is_refused(as_, coordinator, pathfinder):
    until = datetime.date(2099, 1, 1)
    journey.pause(pathfinder, by=coordinator, seen=0, until=until, reason="Waits.")
    page = as_(coordinator).post(address(pathfinder), words(factories.mentor(), seen=0))
    assert page.status_code == 409
    assert "Both care for people." in page.content.decode()


def test_pressed_twice_it_is_offered_once(as_, coordinator, pathfinder):
    mentor = factories.mentor(seats=2)
    browser = as_(coordinator)
    browser.post(address(pathfinder), words(mentor))
    assert browser.post(address(pathfinder), words(mentor)).status_code == 409
    made = Mentorship.objects.get()
    assert browser.get(address(pathfinder)).url == made.get_absolute_url()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"mentor": ""}, "Choose a mentor"),
        ({"mentor": "no-such"}, "Choose a mentor from the list"),
        ({"mentor": "\x00"}, "Choose a mentor from the list"),
        ({"why": ""}, "Enter why you suggest this match"),
        ({"why": "x" * 501}, "1 letter too long"),
        ({"seen": "x"}, "open the page again and press the button there"),
    ],
    ids=str,
)
def test_what_cannot_be_read_gets_a_sentence(as_, coordinator, pathfinder, typed, sentence):
    page = as_(coordinator).post(address(pathfinder), words(factories.mentor()) | typed)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Mentorship.objects.exists()


def test_it_costs_the_same_with_1_and_20_mentors(
    as_, coordinator, pathfinder, django_assert_max_num_queries, django_assert_num_queries
):
    browser = as_(coordinator)
    factories.mentor()
    with django_assert_max_num_queries(8) as at_one:
        browser.get(address(pathfinder))
    for _ in range(19):
        factories.mentor()
    with django_assert_num_queries(len(at_one)):
        browser.get(address(pathfinder))


def test_the_days_to_answer_are_those_of_the_terms(as_, coordinator, pathfinder, monkeypatch):
    since = datetime.date(2010, 8, 17)
    monkeypatch.setattr(terms, "WORKING_DAYS", ((since, 10), (clock.today(), 7)))
    page = as_(coordinator).get(f"{pathfinder.get_absolute_url()}offer/").content.decode()
    assert "have 7 working days to answer" in page
