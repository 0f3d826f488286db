"""What waits for somebody is sorted: late first, then what is due soonest."""

import datetime

import pytest
import time_machine

from activity import waiting
from activity.waiting import Beginning, Item
from tests.factories import UserFactory

JUNE = datetime.date(2026, 6, 1)


@pytest.fixture
def sources(monkeypatch):
    monkeypatch.setattr(waiting, "_sources", [])


@time_machine.travel(datetime.datetime(2026, 6, 1, 9, tzinfo=datetime.UTC))
def test_late_is_apart_from_waiting(sources):
    def item(name, due_on=None):
        return Item(name, f"/{name}/", "Read it", reference=name, due_on=due_on)

    day = datetime.timedelta(days=1)
    today, late, later, whenever = (
        item("today", JUNE),
        item("late", JUNE - day),
        item("later", JUNE + day),
        item("whenever"),
    )
    shared = Item("3 are free", "/queue/", "Take one", due_on=JUNE)
    begin = Beginning("Start a proposal", "/proposals/new/")
    waiting.register(lambda user: [whenever, shared, begin, later])
    waiting.register(lambda user: [late, today])
    desk = waiting.desk_of(UserFactory.build())
    assert desk.late == [late]
    assert desk.waiting == [today, shared, later, whenever]
    assert desk.beginnings == [begin]
