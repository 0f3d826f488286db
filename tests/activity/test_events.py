"""What happened is kept for ever, without names and words."""

import datetime

import pytest
from django.db import InternalError, transaction

from activity.actors import System
from activity.models import Event
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CLERK = System("test")


def write(**data):
    return Event.objects.write("user.noted", UserFactory(), by=CLERK, data=data)


def test_an_event_keeps_codes_numbers_and_dates():
    event = write(code="RC-S01", n=3, on=datetime.date(2026, 5, 1), yes=True, no=None, all=["a", 1])
    assert Event.objects.get(pk=event.pk).data == {
        "code": "RC-S01",
        "n": 3,
        "on": "2026-05-01",
        "yes": True,
        "no": None,
        "all": ["a", 1],
    }


@pytest.mark.parametrize("words", ["two words", "a@home.example", "x" * 65, 1.5, ["some words"]])
def test_words_are_refused(words):
    with pytest.raises(ValueError, match="codes, numbers and dates: note"):
        write(note=words)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_an_event_is_never_changed(change):
    event = write()
    rows = Event.objects.filter(pk=event.pk)
    with pytest.raises(InternalError, match="pgtrigger"), transaction.atomic():
        rows.update(kind="x") if change == "update" else rows.delete()


def test_events_of_a_record_come_oldest_first():
    user = UserFactory()
    kinds = [Event.objects.write(kind, user, by=CLERK).kind for kind in ("a.b", "a.c")]
    write()
    assert [event.kind for event in Event.objects.of(user)] == kinds
    assert str(Event.objects.of(user).first()) == f"a.b of accounts.user {user.pk}"
