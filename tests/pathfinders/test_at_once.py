"""Two people take the same step at once, each on a connection of their own."""

import contextlib
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client

from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from pathfinders.journey import actions as journey
from pathfinders.mentoring import actions
from pathfinders.mentoring.models import Mentorship
from pathfinders.register import actions as register
from pathfinders.register.models import Pathfinder
from tests.at_once import at_once
from tests.pathfinders import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


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
    factories.join(offer.pathfinder, second)
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


@contextlib.contextmanager
def waiting_for_us(call):
    """Have a call wait for what this transaction holds; its result is there after the commit."""
    results: list[object] = []

    def run():
        try:
            results.append(call())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        yield results
        thread.start()
        wait_until_one_is_blocked()
    thread.join(30)


def wait_until_one_is_blocked():
    until = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    pytest.fail("Nobody waits for this transaction.")


OPENED = {"name": "Wolds Nursing", "stage": "appraisal", "source": "A visit in June"}


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ({}, {}, "PF-0001 has this name. Open that one"),
        (
            {"proposal_reference": "RTP-2026-0001"},
            {"proposal_reference": "RTP-2026-0001", "name": "Fen Nursing"},
            "PF-0001 is the entry of this proposal. Open that one instead.",
        ),
    ],
    ids=["name", "proposal"],
)
def test_two_coordinators_open_the_same_entry(first, second, sentence):
    by = factories.coordinator()
    browser = Client()
    browser.force_login(factories.coordinator())
    typed = OPENED | second | {"summary": "<b>Kept</b>"}
    with waiting_for_us(lambda: browser.post("/programme/open/", typed)) as replies:
        facts = {"name": OPENED["name"]} | first
        register.open_entry(stage="appraisal", facts=facts, source="Letter", by=by)
    (page,) = replies
    assert page.status_code == 200, page
    assert sentence in page.content.decode()
    assert "&lt;b&gt;Kept&lt;/b&gt;" in page.content.decode()
    assert Pathfinder.objects.count() == 1


def test_an_approval_joins_the_entry_that_a_coordinator_is_opening():
    by, nurse, employer = factories.coordinator(), factories.person(), factories.body()
    reference = "RTP-2026-0001"

    @in_one_piece
    def release():
        for model, pk in register.entry_lock(reference):
            lock(model, pk)
        return register.open_from_approval(
            proposal_reference=reference,
            title="Nursing",
            sector="",
            employer=employer,
            people=[nurse],
            by=by,
        )

    with waiting_for_us(release) as results:
        facts = {"name": "Wolds Nursing", "proposal_reference": reference}
        register.open_entry(stage="appraisal", facts=facts, source="Letter", by=by)
    (joined,) = results
    assert joined == Pathfinder.objects.get(), joined
    assert (joined.name, joined.status) == ("Wolds Nursing", "implementation")
    assert list(joined.people.all()) == [nurse]


def test_two_coordinators_name_one_person():
    entry, nurse = factories.entry(), factories.person()
    by = [factories.coordinator() for _ in range(2)]

    def add(n):
        return lambda: register.add_person(entry, address=nurse.email, by=by[n])

    won_and_lost(at_once(add(0), add(1)), ValidationError)
    assert entry.members.get().user == nurse


def test_a_mentor_is_not_named_while_its_offer_is_made():
    entry, mentor = factories.entry(people=[factories.person()]), factories.mentor()
    by = factories.coordinator()
    for_mentor = mentor.people().get()
    naming = waiting_for_us(
        lambda: register.add_person(entry, address=for_mentor.email, by=factories.coordinator())
    )
    with naming as results:
        actions.offer(entry, mentor, by=by, seen=0, why="Near.")
    assert [type(result) for result in results] == [ValidationError]
    assert entry.members.count() == 1


def test_an_answer_in_the_moment_of_the_sweep_counts_and_the_others_still_end():
    answered, silent = (factories.due(factories.offer(), days) for days in (-2, -1))
    mentor = factories.sides(answered)[0]
    with waiting_for_us(actions.expire_offers) as results:
        actions.decline(answered, by=mentor, seen=answered.revision, reason="no-time")
    assert results == [1]
    found = dict(Mentorship.objects.values_list("pk", "status"))
    assert found == {answered.pk: "declined", silent.pk: "expired"}
