"""Numbered entries: one a change, chained, never changed."""

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


def test_the_chain_shows_a_forgery():
    found = factories.entry()
    change(found, staff=12)
    chain = list(found.entries.all())
    assert entries.is_whole(chain)
    chain[0].facts["staff"] = 99
    assert not entries.is_whole(chain)


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
