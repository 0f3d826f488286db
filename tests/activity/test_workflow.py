"""The one door, where the apps' own tests of their steps do not come."""

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied

from activity import workflow
from activity.actors import System
from activity.models import Event
from activity.workflow import NO, YES, MovedOn, Step, because, steps_for, take
from pathfinders.mentoring.models import Mentorship, Seat
from pathfinders.register.models import Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db
JOB = System("test")


def step(**words) -> Step:
    plain = {"name": "pause", "label": "Pause", "sources": ("implementation",), "to": "paused"}
    return Step(**plain | {"allowed": lambda actor, record: YES} | words)


def test_a_refusal_is_false_and_may_have_its_reason():
    assert (bool(YES), bool(NO), NO.reason) == (True, False, "")
    assert not because("Not yet.")
    assert because("Not yet.").reason == "Not yet."


def test_a_step_that_leads_where_it_does_not_list_is_our_mistake():
    entry = factories.entry()
    astray = step(to=lambda record: "merged", results=("paused",))
    with pytest.raises(ValueError, match="pause leads from implementation to merged"):
        take(astray, entry, by=JOB, seen=0)
    entry.refresh_from_db()
    assert (entry.status, entry.revision) == ("implementation", 0)


def test_effects_run_after_the_change_in_order():
    seen = []
    first = lambda record, by, event: seen.append((record.status, by, event.kind))  # noqa: E731
    second = lambda record, by, event: seen.append(event.after)  # noqa: E731
    entry = factories.entry()
    take(step(effects=(first, second)), entry, by=JOB, seen=0, paused_from="implementation")
    assert seen == [("paused", JOB, "pathfinder.pause"), "paused"]


def test_a_stranger_does_not_hear_when_it_last_moved():
    entry = factories.entry()
    moved = take(step(), entry, by=JOB, seen=0, paused_from="implementation")
    assert MovedOn(moved).last_event(None) is None
    assert MovedOn(moved).last_event(JOB) == Event.objects.get(kind="pathfinder.pause")
    assert str(MovedOn(moved)) == f"{moved} has moved on"


def test_a_record_is_called_by_its_reference():
    assert str(factories.entry()) == "PF-0001"


def test_lifecycles_are_listed_by_name():
    names = [each.name for each in workflow.lifecycles()]
    assert names == sorted(names)
    assert {"enquiry", "mentorship", "pathfinder", "proposal"} <= set(names)


def test_who_knows_of_a_step_hears_why_it_may_not_be_taken():
    entry = factories.entry()
    early = step(allowed=lambda actor, record: because("Not before June."))
    with pytest.raises(PermissionDenied, match=r"Not before June\."):
        take(early, entry, by=JOB, seen=0)
    entry.refresh_from_db()
    assert entry.status == "implementation"


def test_rows_that_come_first_are_held_with_the_record():
    entry, seat = factories.entry(), factories.mentor().seats.get()
    after = step(locks=lambda record: [(Seat, seat.pk)])
    assert take(after, entry, by=JOB, seen=0, paused_from="implementation").status == "paused"
    gone = step(locks=lambda record: [(Mentorship, 1)])
    with pytest.raises(Mentorship.DoesNotExist):
        take(gone, entry, by=JOB, seen=1)


@pytest.mark.parametrize("answer", [YES, NO, because("Not yet.")])
def test_the_door_and_the_buttons_ask_the_same_and_hold_to_the_answer(answer, monkeypatch):
    """So a table of who may needs to press a few only: the others it may ask of `steps_for`."""
    asked = []
    entry, person = factories.entry(), factories.person()
    only = step(allowed=lambda *about: asked.append(about) or answer)
    (life,) = [each for each in workflow.lifecycles() if each.model is Pathfinder]
    monkeypatch.setitem(workflow._lifecycles, Pathfinder, dataclasses.replace(life, steps=(only,)))

    offers = steps_for(person, entry)
    if answer:
        moved = take(only, entry, by=person, seen=0, paused_from="implementation")
        assert moved.status == "paused"
    else:
        with pytest.raises(PermissionDenied) as refused:
            take(only, entry, by=person, seen=0, paused_from="implementation")
        assert str(refused.value) == answer.reason

    assert asked == [(person, entry), (person, entry)]
    assert [offer.answer for offer in offers] == ([] if answer == NO else [answer])


def test_a_step_is_neither_offered_nor_taken_where_it_does_not_begin(monkeypatch):
    entry, person = factories.entry(), factories.person()
    elsewhere = step(sources=("appraisal",))
    (life,) = [each for each in workflow.lifecycles() if each.model is Pathfinder]
    monkeypatch.setitem(
        workflow._lifecycles, Pathfinder, dataclasses.replace(life, steps=(elsewhere,))
    )
    assert steps_for(person, entry) == []
    with pytest.raises(MovedOn):
        take(elsewhere, entry, by=person, seen=0, paused_from="implementation")
