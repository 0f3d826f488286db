"""Every list costs the same number of queries at 1 and at 100 rows, and no more than it may.

A view that shows pages of rows (activity.keyset) and is not in the table below fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import advice.reference
from accounts.models import Role, User
from activity import clock, outbox
from advice.intake.models import AdvicePolicy
from tests.advice import factories as line
from tests.factories import UserFactory, somebody
from tests.house import addresses
from tests.pathfinders import factories as pathfinders
from tests.proposals import builders

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class List:
    """One list: who reads it (None: the public), what makes n rows, the most queries it may cost."""

    reader: Callable[[], User | None]
    fill: Callable[[User | None, int], Any]
    most: int


def messages(reader: User | None, n: int) -> None:
    for _ in range(n):
        outbox.tell("account.password_changed", UserFactory(), [reader])


def failures(reader: User | None, n: int) -> None:
    for _ in range(n):
        user = UserFactory()
        (message,) = outbox.tell("account.password_changed", user, [user])
        message.failed_at = clock.now()
        message.save()


def public_entries(reader: User | None, n: int) -> None:
    for _ in range(n):
        pathfinders.entry(places=["Leeds"], regions=["yorkshire-and-the-humber"])


def proposals_of(reader: User | None, n: int) -> None:
    builders.many(n, team_of=reader)


def cases(reader: User | None, n: int) -> None:
    builders.many(n)


def offers_of_mentoring(reader: User | None, n: int) -> None:
    for _ in range(n):
        pathfinders.entry(published=False, people=[reader])
        pathfinders.offer(pathfinder=pathfinders.entry(people=[reader]))


def an_adviser() -> User:
    advice.reference.load()
    return line.adviser()


def enquiries(reader: User | None, n: int) -> None:
    for _ in range(n):
        line.enquiry()


def enquiries_held(reader: User | None, n: int) -> None:
    AdvicePolicy.objects.update(enquiries_each=1000)
    for _ in range(n):
        line.held(reader)


LISTS: dict[str, List] = {
    "activity:inbox": List(UserFactory, messages, 5),
    "activity:outbox": List(lambda: somebody(Role.ADMINISTRATOR), failures, 6),
    "advice:desk": List(an_adviser, enquiries_held, 8),
    "advice:queue": List(an_adviser, enquiries, 8),
    "pathfinders:register": List(lambda: None, public_entries, 8),
    "pathfinders:programme": List(pathfinders.coordinator, offers_of_mentoring, 8),
    "pathfinders:mentoring": List(pathfinders.coordinator, offers_of_mentoring, 8),
    "pathfinders:my_mentoring": List(pathfinders.person, offers_of_mentoring, 8),
    "proposals:mine": List(UserFactory, proposals_of, 6),
    "proposals:work": List(lambda: somebody(Role.REVIEWER), cases, 8),
}


def lists_of_the_portal() -> set[str]:
    return {each.name for each in addresses.ours() if "keyset.page(" in each.source}


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_every_list_is_in_the_table():
    assert lists_of_the_portal() == LISTS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_costs_the_same_at_1_and_at_100_rows(client, name):
    each = LISTS[name]
    reader = each.reader()
    if reader is not None:
        client.force_login(reader)
    each.fill(reader, 1)
    queries(client, reverse(name))
    at_one = queries(client, reverse(name))
    each.fill(reader, 99)
    assert queries(client, reverse(name)) == at_one
    assert at_one <= each.most
