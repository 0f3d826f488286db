"""Accepting, declining and taking back an offer: pages, messages, pressed twice, bad input."""

import pytest

from activity.dates import in_words
from activity.models import Event, Notification
from pathfinders.mentoring import actions
from pathfinders.mentoring.models import Mentorship, Reason
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(coordinator) -> Mentorship:
    return factories.offer(by=coordinator)


def press(browser, offer, verb, **typed):
    return browser.post(f"{offer.get_absolute_url()}{verb}/", {"seen": offer.revision} | typed)


def told(kind="mentorship.answer") -> set:
    return {row.user for row in Notification.objects.filter(kind=kind)}


@pytest.mark.parametrize("first", [0, 1], ids=["mentor first", "pathfinder first"])
def test_it_is_accepted_when_both_said_yes(as_, offer, coordinator, first):
    people = factories.sides(offer)
    one, other = people[first], people[1 - first]
    asked = f"You are asked. Answer by {in_words(offer.answer_by)}."
    assert asked in as_(one).get(offer.get_absolute_url()).content.decode()
    assert press(as_(one), offer, "accept").url == offer.get_absolute_url()
    offer.refresh_from_db()
    assert offer.status == "offered"
    assert told() == {other, coordinator}
    html = as_(one).get(offer.get_absolute_url()).content.decode()
    assert "You have said yes. The other side has not answered yet." in html
    assert asked not in html
    assert asked in as_(other).get(offer.get_absolute_url()).content.decode()
    press(as_(other), offer, "accept")
    offer.refresh_from_db()
    assert offer.status == "accepted"
    assert offer.mentor_yes_at is not None
    assert offer.pathfinder_yes_at is not None
    assert "You both said yes" in as_(one).get(offer.get_absolute_url()).content.decode()
    kinds = [event.kind for event in Event.objects.of(offer)]
    assert kinds == ["mentorship.offer", "mentorship.accept", "mentorship.accept"]


def test_one_side_cannot_say_yes_twice(as_, offer):
    mentor, _ = factories.sides(offer)
    browser = as_(mentor)
    press(browser, offer, "accept")
    assert press(browser, offer, "accept").status_code == 409
    offer.refresh_from_db()
    assert press(browser, offer, "accept").status_code == 403
    assert browser.get(f"{offer.get_absolute_url()}accept/").status_code == 403


@pytest.mark.parametrize("side", [0, 1], ids=["mentor", "pathfinder"])
def test_either_side_may_decline_and_the_seat_is_free(as_, offer, coordinator, side):
    people = factories.sides(offer)
    reply = press(as_(people[side]), offer, "decline", reason="rather-not", words="")
    assert reply.status_code == 302
    offer.refresh_from_db()
    assert offer.status == "declined"
    assert offer.declined_by == ("mentor", "pathfinder")[side]
    assert told() == {people[1 - side], coordinator}
    inside = as_(coordinator).get(offer.get_absolute_url()).content.decode()
    assert "It holds no seat." in inside
    assert factories.offer(mentor=offer.mentor).seat == offer.seat


def test_whoever_said_yes_may_still_decline(offer):
    mentor, _ = factories.sides(offer)
    offer = actions.accept(offer, by=mentor, seen=offer.revision)
    offer = actions.decline(offer, by=mentor, seen=offer.revision, reason=Reason.NO_TIME)
    assert (offer.status, offer.declined_by) == ("declined", "mentor")


def test_a_coordinator_takes_it_back_and_both_are_told(as_, offer, coordinator):
    people = factories.sides(offer)
    press(as_(coordinator), offer, "withdraw-offer", reason="A better match.")
    offer.refresh_from_db()
    assert offer.status == "withdrawn"
    assert told() == set(people)
    html = as_(people[0]).get(offer.get_absolute_url()).content.decode()
    assert "The coordinator took the offer back." in html
    assert "A better match." not in html
    assert "A better match." in as_(coordinator).get(offer.get_absolute_url()).content.decode()


def test_the_wrong_side_of_the_table_is_refused(as_, offer, coordinator):
    mentor, own = factories.sides(offer)
    for verb in ("accept", "decline"):
        assert as_(coordinator).get(f"{offer.get_absolute_url()}{verb}/").status_code == 403
        reply = press(as_(coordinator), offer, verb, reason="no-time")
        assert reply.status_code == 403
    for person in (mentor, own):
        assert press(as_(person), offer, "withdraw-offer", reason="No.").status_code == 403
    offer.refresh_from_db()
    assert offer.status == "offered"


@pytest.mark.parametrize(
    ("verb", "typed"),
    [("accept", {}), ("decline", {"reason": "other", "words": "My own words."})],
)
def test_pressed_after_it_was_taken_back_hears_so(as_, offer, coordinator, verb, typed):
    mentor, _ = factories.sides(offer)
    actions.withdraw_offer(offer, by=coordinator, seen=offer.revision, reason="Late.")
    page = press(as_(mentor), offer, verb, **typed)
    assert page.status_code == 409
    assert typed.get("words", "") in page.content.decode()
    assert as_(mentor).get(f"{offer.get_absolute_url()}{verb}/").status_code == 409


@pytest.mark.parametrize("verb", ["accept", "decline", "withdraw-offer"])
def test_looking_answers_nothing_and_costs_at_most_8_queries(
    as_, offer, coordinator, verb, django_assert_max_num_queries
):
    reader = coordinator if verb == "withdraw-offer" else factories.sides(offer)[1]
    browser = as_(reader)
    with django_assert_max_num_queries(8):
        assert browser.get(f"{offer.get_absolute_url()}{verb}/").status_code == 200
    before = offer.revision
    offer.refresh_from_db()
    assert offer.revision == before


@pytest.mark.parametrize(
    ("verb", "typed", "sentence"),
    [
        ("decline", {}, "Choose a reason. You need not say more."),
        ("decline", {"reason": "luck"}, "Choose one of the answers"),
        ("decline", {"reason": "other", "words": "x" * 501}, "1 letter too long"),
        ("withdraw-offer", {"reason": ""}, "Enter why you take it back"),
        ("withdraw-offer", {"reason": "\x00 "}, "Enter why you take it back"),
        ("accept", {"seen": "soon"}, "open the page again and press the button there"),
    ],
    ids=str,
)
def test_what_cannot_be_read_gets_a_sentence(as_, offer, coordinator, verb, typed, sentence):
    reader = coordinator if verb == "withdraw-offer" else factories.sides(offer)[0]
    page = press(as_(reader), offer, verb, **typed)
    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_the_page_of_a_mentorship_costs_at_most_10_queries(
    as_, offer, coordinator, django_assert_max_num_queries
):
    for reader in (coordinator, *factories.sides(offer)):
        browser = as_(reader)
        with django_assert_max_num_queries(10):
            assert browser.get(offer.get_absolute_url()).status_code == 200


def test_a_broken_form_of_somebody_refused_draws_no_page(as_, offer, coordinator):
    mentor, _ = factories.sides(offer)
    for reader, verb in (
        (coordinator, "accept"),
        (coordinator, "decline"),
        (mentor, "withdraw-offer"),
    ):
        page = as_(reader).post(f"{offer.get_absolute_url()}{verb}/", {"seen": "x"})
        assert page.status_code == 403
