"""Records that many tests begin with: made once a process, and written again from then on.

A case that is being assessed takes half a second to bring there step by step, as its people would.
Its rows take a hundredth to write again, just as the portal's own actions left them.
"""

import copy
import functools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model

from activity import clock

# The columns that may be written: PostgreSQL reckons the rest.
COLUMNS = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
    FROM information_schema.columns NATURAL JOIN information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
    GROUP BY table_name
"""
DELETE = 'DELETE FROM "{table}" r WHERE r::text = ANY(%s)'
INSERT = """
    INSERT INTO "{table}" ({columns}) SELECT {columns} FROM unnest(%s::text[]::"{table}"[])
"""
Rows = dict[str, list[str]]


@dataclass(frozen=True)
class Made:
    """What a builder returned, and the rows of each table that it took out and put in."""

    what: Any
    out: Rows
    into: Rows


class Stored:
    """What one test has begun with so far: `stored(build, *given)` is `build(*given)`, sooner.

    Only fixtures and the first lines of a test use it, before anything else is changed: what is
    written again is what the builder did after the same builders before it, on the same day.
    """

    def __init__(self, known: dict[Any, Made]) -> None:
        self.known = known
        self.before: tuple[Any, ...] = ()

    def __call__(self, build: Callable[..., Any], *given: Any, **named: Any) -> Any:
        if not self.before:
            # The same keys come again: what an earlier test left under them is not theirs.
            cache.clear()
        step = (build.__module__, build.__qualname__, identity(given), identity(named))
        self.before += ((clock.today(), *step),)
        if self.before in self.known:
            write(self.known[self.before])
        else:
            self.known[self.before] = made(build, *given, **named)
        return copy.deepcopy(self.known[self.before].what)


def identity(given: Any) -> Any:
    """What tells one argument of a builder from another: of records, their keys."""
    if isinstance(given, Model):
        return given._meta.label, given.pk
    if isinstance(given, SimpleNamespace):
        return identity(vars(given))
    if isinstance(given, dict):
        return tuple((name, identity(each)) for name, each in given.items())
    if isinstance(given, list | tuple):
        return tuple(map(identity, given))
    return given


def made(build: Callable[..., Any], *given: Any, **named: Any) -> Made:
    before = rows()
    what = copy.deepcopy(build(*given, **named))
    after = rows()
    return Made(what, less(before, after), less(after, before))


def rows() -> Rows:
    """All that there is, as PostgreSQL writes whole rows."""
    each = [f"SELECT '{table}', r::text FROM \"{table}\" r" for table in columns()]  # noqa: S608  names of our own tables
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        for table, row in cursor.fetchall():
            found[table].append(row)
    return found


def less(some: Rows, others: Rows) -> Rows:
    """The rows of some that the others lack, in their order."""
    lacking = {}
    for table, found in some.items():
        known = set(others.get(table, ()))
        lacking[table] = [row for row in found if row not in known]
    return {table: found for table, found in lacking.items() if found}


@functools.cache
def columns() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return dict(cursor.fetchall())


def write(made: Made) -> None:
    """Past every trigger: each had its say when the rows were first written."""
    steps = [(DELETE.format(table=table), found) for table, found in made.out.items()]
    steps += [
        (INSERT.format(table=table, columns=columns()[table]), found)
        for table, found in made.into.items()
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "; ".join(
                [
                    "SET LOCAL session_replication_role = replica",
                    *(step for step, found in steps),
                    "SET LOCAL session_replication_role = origin",
                ]
            ),
            [found for step, found in steps],
        )
