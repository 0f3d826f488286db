"""Every status x step x role of a mentorship, written by hand: nothing is read from the steps."""

import datetime
from functools import partial

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Role
from activity import clock, workflow
from activity.actors import LinkHolder, System
from activity.workflow import steps_for, take
from pathfinders.mentoring.models import Mentorship, Seat, Status
from tests.at_the_door import goes_through, offered, pressed_by
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db

# c: a coordinator may. s: either side may. o: the sweep of offers may. -: nobody may.
# late: offered, and its day to answer has gone by.
ALLOWED = """
             offer  accept  decline  withdraw_offer  expire
proposed     c      -       -        -               -
offered      -      s       s        c               -
late         -      s       s        c               o
accepted     -      -       -        -               -
active       -      -       -        -               -
paused       -      -       -        -               -
completed    -      -       -        -               -
ended-early  -      -       -        -               -
declined     -      -       -        -               -
expired      -      -       -        -               -
withdrawn    -      -       -        -               -
superseded   -      -       -        -               -
"""
HEAD, *ROWS = [line.split() for line in ALLOWED.strip().splitlines()]
TABLE = {(row[0], step): cell for row in ROWS for step, cell in zip(HEAD, row[1:], strict=True)}
LEADS = {"offer": "offered", "accept": "offered", "decline": "declined"} | {
    "withdraw_offer": "withdrawn",
    "expire": "expired",
}
OTHERS = [role for role in Role if role != Role.COORDINATOR]


def put(status: str) -> Mentorship:
    """A mentorship at a status, whatever way leads there; nobody has answered an offer."""
    record = factories.offer()
    now = clock.now()
    fields = {"status": status}
    if status == "late":
        long_ago = clock.today() - datetime.timedelta(days=30)
        yesterday = clock.today() - datetime.timedelta(days=1)
        fields = {"status": "offered", "offered_on": long_ago, "answer_by": yesterday}
    if status not in ("proposed", "offered", "late"):
        fields |= {"mentor_yes_at": now, "pathfinder_yes_at": now}
    if status == "declined":
        fields["declined_by"] = "mentor"
    with pgtrigger.ignore("pathfinders.Mentorship:status_by_step"):
        Mentorship.objects.filter(pk=record.pk).update(**fields)
    return Mentorship.objects.get(pk=record.pk)


def life():
    return next(each for each in workflow.lifecycles() if each.model is Mentorship)


def attempt(record, name, by):
    step = next(step for step in life().steps if step.name == name)
    fields = {"decline": {"declined_by": "mentor"}}.get(name, {})
    moved = take(step, record, by=by, seen=record.revision, **fields)
    assert moved.status == LEADS[name]


def test_the_table_names_every_status_and_every_step():
    assert [row[0] for row in ROWS if row[0] != "late"] == Status.values
    assert set(HEAD) == {step.name for step in life().steps}


@pytest.mark.slow
@pytest.mark.parametrize("status", [row[0] for row in ROWS])
def test_each_step_from_each_status_by_each_role(status):
    """Each cell is asked for, and pressed where the step begins; elsewhere one person presses."""
    record = put(status)
    holder = LinkHolder("a.b", "pathfinders.mentorship", record.pk, "a@b.example")
    known = {"c": [factories.coordinator()], "s": factories.sides(record), "o": [System("offers")]}
    others = [*map(factories.person, OTHERS), factories.person(), System("any"), holder]
    people = [(key, who) for key, group in known.items() for who in group]
    people += [("nobody", who) for who in others]
    for key, who in people:
        assert offered(who, record) == {step for step in HEAD if TABLE[status, step] == key}
        assert key != "nobody" or steps_for(who, record) == []
    for turn, step in enumerate(HEAD, [row[0] for row in ROWS].index(status)):
        cell = TABLE[status, step]
        may_elsewhere = {TABLE[row[0], step] for row in ROWS}
        nearest = [(key, who) for key, who in people if key in may_elsewhere]
        for key, who in pressed_by(people, nearest, begins=cell != "-", turn=turn):
            assert goes_through(partial(attempt, record, step, who)) == (key == cell)


def test_plain_sql_cannot_change_a_status():
    factories.offer()
    with (
        pytest.raises(DatabaseError, match="changes only by a step"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE pathfinders_mentorship SET status = 'declined'")


def test_a_mentorship_is_born_a_suggestion():
    with pytest.raises(DatabaseError, match="begins as one of"), transaction.atomic():
        Mentorship.objects.create(
            reference="MEN-9999",
            status=Status.WITHDRAWN,
            pathfinder=factories.entry(),
            mentor=factories.mentor(),
        )


def force(record, **fields):
    with pgtrigger.ignore("pathfinders.Mentorship:status_by_step"), transaction.atomic():
        Mentorship.objects.filter(pk=record.pk).update(**fields)


def test_the_database_refuses_a_seat_taken_twice():
    first, second = factories.offer(), factories.offer()
    with pytest.raises(IntegrityError, match="mentorship_one_a_seat"):
        force(second, seat=first.seat)


def test_the_database_refuses_two_open_ones_for_a_pathfinder():
    first, second = factories.offer(), factories.offer()
    with pytest.raises(IntegrityError, match="mentorship_one_a_pathfinder"):
        force(second, pathfinder=first.pathfinder)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"seat": None}, "mentorship_open_holds_a_seat"),
        ({"status": "accepted"}, "mentorship_agreed_by_both"),
        ({"status": "declined"}, "mentorship_declined_by_a_side"),
    ],
)
def test_the_database_refuses_what_cannot_be(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        force(factories.offer(), **fields)


def test_a_seat_has_one_number_of_its_mentor():
    mentor = factories.mentor()
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(mentor=mentor, n=1)
