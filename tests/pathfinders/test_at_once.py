"""Two people take the same step at once, each on a connection of their own."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from activity.workflow import MovedOn
from pathfinders.journey import actions as journey
from pathfinders.mentoring import actions
from pathfinders.mentoring.models import Mentorship
from pathfinders.register import actions as register
from pathfinders.register.models import Pathfinder
from tests.pathfinders import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(*calls) -> list[object]:
    """What each call returned or raised, when all began together."""
    start = threading.Barrier(len(calls), timeout=20)
    results: list[object] = [None] * len(calls)

    def run(place, call):
        try:
            start.wait()
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def won_and_lost(results, lost):
    winners = [result for result in results if not isinstance(result, Exception)]
    losers = [result for result in results if isinstance(result, Exception)]
    assert len(winners) == 1
    assert [type(error) for error in losers] == [lost]
    return winners[0]


def test_two_coordinators_offer_the_last_seat():
    mentor = factories.mentor(seats=1)
    entries = [factories.entry(people=[factories.person()]) for _ in range(2)]
    by = [factories.coordinator() for _ in range(2)]

    def offer(n):
        return lambda: actions.offer(entries[n], mentor, by=by[n], seen=0, why="Near.")

    won_and_lost(at_once(offer(0), offer(1)), ValidationError)
    assert Mentorship.objects.get().status == "offered"


def test_two_coordinators_offer_one_pathfinder_two_mentors():
    mentors = [factories.mentor() for _ in range(2)]
    entry = factories.entry(people=[factories.person()])
    by = [factories.coordinator() for _ in range(2)]

    def offer(n):
        return lambda: actions.offer(entry, mentors[n], by=by[n], seen=0, why="Near.")

    won_and_lost(at_once(offer(0), offer(1)), MovedOn)
    assert Mentorship.objects.count() == 1


def test_two_people_of_one_side_accept():
    offer = factories.offer()
    second = factories.person()
    offer.pathfinder.people.add(second)
    people = list(offer.pathfinder.people.all())

    def accept(n):
        record = Mentorship.objects.select_related("mentor", "pathfinder").get()
        return lambda: actions.accept(record, by=people[n], seen=record.revision)

    winner = won_and_lost(at_once(accept(0), accept(1)), MovedOn)
    assert winner.status == "offered"
    assert Mentorship.objects.get().revision == offer.revision + 1


def test_both_sides_accept_from_the_same_page_and_none_is_lost():
    offer = factories.offer()
    people = factories.sides(offer)

    def accept(n):
        record = Mentorship.objects.select_related("mentor", "pathfinder").get()
        return lambda: actions.accept(record, by=people[n], seen=record.revision)

    won_and_lost(at_once(accept(0), accept(1)), MovedOn)
    again = Mentorship.objects.get()
    waiting = next(
        person
        for person, yes in zip(people, (again.mentor_yes_at, again.pathfinder_yes_at), strict=True)
        if yes is None
    )
    assert actions.accept(again, by=waiting, seen=again.revision).status == "accepted"


@pytest.mark.parametrize("verb", ["publish", "advance"])
def test_two_coordinators_move_one_entry(verb):
    entry = factories.entry(published=False)
    by = [factories.coordinator() for _ in range(2)]
    details = {"on": entry.reached_on, "source": "Visit", "reason": "It trades."}

    def move(n):
        record = Pathfinder.objects.get()
        if verb == "publish":
            return lambda: register.publish(record, by=by[n], seen=0)
        return lambda: journey.advance(record, by=by[n], seen=0, **details)

    won_and_lost(at_once(move(0), move(1)), MovedOn)
    assert Pathfinder.objects.get().revision == 1
