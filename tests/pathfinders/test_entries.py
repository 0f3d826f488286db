"""Numbered entries: one a change, chained, never changed."""

import hashlib
import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from pathfinders.register import entries
from pathfinders.register.models import Entry, Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db


def change(pathfinder: Pathfinder, **facts) -> Entry:
    for name, value in facts.items():
        setattr(pathfinder, name, value)
    pathfinder.save(update_fields=list(facts))
    return entries.write(pathfinder, source="A letter", reason="It grew.")


def test_each_change_of_public_facts_is_the_next_entry():
    found = factories.entry()
    assert change(found, staff=12).n == 2
    assert change(found, staff=13).n == 3
    assert [entry.facts["staff"] for entry in found.entries.all()] == [None, 12, 13]


def test_no_change_writes_none():
    found = factories.entry()
    assert entries.write(found, source="A letter", reason="Nothing.").n == 1


def test_a_private_column_writes_none():
    found = factories.entry()
    assert change(found, proposal_reference="RTP-2026-0001").n == 1


def test_each_is_hashed_with_the_hash_before_it():
    found = factories.entry()
    change(found, staff=12)
    first, second = found.entries.all()
    for entry, before in ((first, ""), (second, first.sha256)):
        hashed = {
            "before": before,
            "facts": entry.facts,
            "n": entry.n,
            "pathfinder": found.reference,
            "reason": entry.reason,
            "source": entry.source,
        }
        plain = json.dumps(hashed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert entry.sha256 == hashlib.sha256(plain.encode()).hexdigest()


def round_the_portal(statement: str) -> None:
    """Change entries as only the owner of the database can: without its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)


def test_untouched_entries_are_found_whole():
    for _ in range(2):
        change(factories.entry(), staff=12, places=["Leicester"])
    assert list(entries.broken()) == []


@pytest.mark.parametrize(
    ("statement", "n"),
    [
        ("UPDATE pathfinders_entry SET facts = jsonb_set(facts, '{staff}', '99') WHERE n = 2", 2),
        ("UPDATE pathfinders_entry SET reason = 'other' WHERE n = 1", 1),
        ("DELETE FROM pathfinders_entry WHERE n = 2", 3),
    ],
)
def test_an_entry_that_was_changed_or_taken_away_is_found_out(statement, n):
    found = factories.entry()
    for staff in (12, 13):
        change(found, staff=staff)
    round_the_portal(statement)
    assert [entry.n for entry in entries.broken()] == [n]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE pathfinders_entry SET reason = 'other'", "DELETE FROM pathfinders_entry"],
)
def test_the_database_refuses_to_change_an_entry(statement):
    factories.entry()
    with (
        pytest.raises(DatabaseError, match="Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_two_entries_cannot_have_one_number():
    found = factories.entry()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(pathfinder=found, n=1, facts={}, source="x", reason="x", sha256="x")
