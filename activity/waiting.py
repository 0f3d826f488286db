"""What waits for somebody, what is late, what they can begin: each app says its own part."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from accounts.models import User
from activity import clock

MOST = 10
SOON = 3


@dataclass(frozen=True)
class Item:
    """One thing that waits for a person.

    title: what it is, linked to `path`. needed: what they are asked to do. due_on: by when.
    status, label: the code and the word of its tag, as this person may know it; "" for none.
    days: how many are left until then, below zero when it is late; the desk fills it in.
    """

    title: str
    path: str
    needed: str
    reference: str = ""
    due_on: datetime.date | None = None
    status: str = ""
    label: str = ""
    days: int | None = field(default=None, compare=False)

    @property
    def days_late(self) -> int:
        """How many days ago it was due."""
        return -self.days if self.days is not None and self.days < 0 else 0

    @property
    def is_soon(self) -> bool:
        """Whether it is due within a few days, today included."""
        return self.days is not None and 0 <= self.days <= SOON


@dataclass(frozen=True)
class Beginning:
    """Something a person can begin, in the words of its button."""

    title: str
    path: str


@dataclass(frozen=True)
class Elsewhere:
    """So many things of this person's that wait for others, and for whom: "the reviewers"."""

    count: int
    whom: str


Thing: TypeAlias = Item | Beginning | Elsewhere
Source: TypeAlias = Callable[[User], Iterable[Thing]]


@dataclass(frozen=True)
class Desk:
    """All of it, sorted: late first, then what is due soonest."""

    late: list[Item]
    waiting: list[Item]
    beginnings: list[Beginning]
    elsewhere: list[Elsewhere]


_sources: list[Source] = []


def register(source: Source) -> None:
    """Let an app say what waits for a person: a fixed number of queries, at most ten things."""
    _sources.append(source)


def desk_of(user: User) -> Desk:
    """What waits for this person, from every app."""
    things = list(_things(user))
    today = clock.today()
    dated = (_with_days(thing, today) for thing in things if isinstance(thing, Item))
    items = sorted(dated, key=_soonest)
    return Desk(
        late=[item for item in items if item.days_late],
        waiting=[item for item in items if not item.days_late],
        beginnings=[thing for thing in things if isinstance(thing, Beginning)],
        elsewhere=[thing for thing in things if isinstance(thing, Elsewhere) and thing.count],
    )


def _things(user: User) -> Iterator[Thing]:
    for source in _sources:
        yield from source(user)


def _with_days(item: Item, today: datetime.date) -> Item:
    return replace(item, days=(item.due_on - today).days if item.due_on else None)


def _soonest(item: Item) -> tuple[datetime.date, bool, str]:
    """By day; on one day what is in hand comes before what many share, which has no reference."""
    return item.due_on or datetime.date.max, not item.reference, item.reference
