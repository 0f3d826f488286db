"""Every status x step x role of a pathfinder, written by hand: nothing is read from the steps."""

import datetime
from functools import partial

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Role
from activity import clock, workflow
from activity.actors import System
from activity.workflow import steps_for, take
from pathfinders.register.choices import Status
from pathfinders.register.models import Pathfinder
from tests.at_the_door import goes_through, offered, pressed_by
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db

# c: a coordinator may. r: the release of an approval may. -: nobody may.
ALLOWED = """
                   advance  pause  resume  end  join
early-thinking     c        c      -       c    r
appraisal          c        c      -       c    r
implementation     c        c      -       c    -
first-year         c        c      -       c    -
established        -        c      -       c    -
paused             -        -      c       c    -
closed             -        -      -       -    -
returned-in-house  -        -      -       -    -
merged             -        -      -       -    -
no-longer-mutual   -        -      -       -    -
"""
HEAD, *ROWS = [line.split() for line in ALLOWED.strip().splitlines()]
TABLE = {(row[0], step): cell for row in ROWS for step, cell in zip(HEAD, row[1:], strict=True)}
# (status, step) -> where it leads, for those that differ by record.
LEADS = {
    ("early-thinking", "advance"): "appraisal",
    ("appraisal", "advance"): "implementation",
    ("implementation", "advance"): "first-year",
    ("first-year", "advance"): "established",
    ("paused", "resume"): "appraisal",
}
ALWAYS = {"pause": "paused", "end": "merged", "join": "implementation"}
FIELDS = {
    "pause": {"paused_from": "appraisal"},
    "end": {"ended_as": "merged", "ended_on": datetime.date(2026, 1, 5)},
}
OTHERS = [role for role in Role if role != Role.COORDINATOR]


def put(status: str) -> Pathfinder:
    """An entry at a status, whatever way leads there."""
    record = factories.entry(Status.APPRAISAL)
    ended = clock.today() if status in [row[0] for row in ROWS[6:]] else None
    with pgtrigger.ignore("pathfinders.Pathfinder:status_by_step"):
        Pathfinder.objects.filter(pk=record.pk).update(
            status=status, paused_from="appraisal", ended_on=ended
        )
    record.refresh_from_db()
    return record


def step_named(name: str):
    life = next(each for each in workflow.lifecycles() if each.model is Pathfinder)
    return next(step for step in life.steps if step.name == name)


def attempt(record, name, by):
    begun = (record.status, name)
    moved = take(step_named(name), record, by=by, seen=record.revision, **FIELDS.get(name, {}))
    assert moved.status == (LEADS.get(begun) or ALWAYS[name])
    assert moved.revision == record.revision + 1


def test_the_table_names_every_status_and_every_step():
    life = next(each for each in workflow.lifecycles() if each.model is Pathfinder)
    assert [row[0] for row in ROWS] == Status.values
    assert set(HEAD) == {step.name for step in life.steps}


@pytest.mark.slow
@pytest.mark.parametrize("status", [row[0] for row in ROWS])
def test_each_step_from_each_status_by_each_role(status):
    """Each cell is asked for, and pressed where the step begins; elsewhere one person presses."""
    record = put(status)
    own = factories.person()
    factories.join(record, own)
    people = [("c", factories.coordinator()), ("r", System("release")), ("nobody", own)]
    others = [*map(factories.person, OTHERS), factories.person(), System("other")]
    people += [("nobody", who) for who in others]
    for key, who in people:
        assert offered(who, record) == {step for step in HEAD if TABLE[status, step] == key}
        assert key != "nobody" or steps_for(who, record) == []
    for turn, step in enumerate(HEAD, Status.values.index(status)):
        cell = TABLE[status, step]
        may_elsewhere = {TABLE[row[0], step] for row in ROWS}
        nearest = [(key, who) for key, who in people if key in may_elsewhere]
        for key, who in pressed_by(people, nearest, begins=cell != "-", turn=turn):
            assert goes_through(partial(attempt, record, step, who)) == (key == cell)


@pytest.mark.parametrize("status", ["established", "paused", "closed"])
def test_plain_sql_cannot_change_a_status(status):
    factories.entry()
    with (
        pytest.raises(DatabaseError, match="changes only by a step"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE pathfinders_pathfinder SET status = %s", [status])


def test_an_entry_cannot_be_born_at_an_end():
    with pytest.raises(DatabaseError, match="begins as one of"), transaction.atomic():
        factories.entry(Status.CLOSED, ended_on=clock.today())


def test_an_end_has_its_day():
    record = put("implementation")
    with pytest.raises(IntegrityError), transaction.atomic():
        take(step_named("end"), record, by=factories.coordinator(), seen=0, ended_as=Status.CLOSED)
