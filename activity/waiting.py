"""What waits for somebody, what is late, what they can begin: each app says its own part."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from accounts.models import User
from activity import clock

MOST = 10


@dataclass(frozen=True)
class Item:
    """One thing that waits for a person.

    title: what it is, linked to `path`. needed: what they are asked to do. due_on: by when.
    """

    title: str
    path: str
    needed: str
    reference: str = ""
    due_on: datetime.date | None = None


@dataclass(frozen=True)
class Beginning:
    """Something a person can begin, in the words of its button."""

    title: str
    path: str


Thing: TypeAlias = Item | Beginning
Source: TypeAlias = Callable[[User], Iterable[Thing]]


@dataclass(frozen=True)
class Desk:
    """All of it, sorted: late first, then what is due soonest."""

    late: list[Item]
    waiting: list[Item]
    beginnings: list[Beginning]


_sources: list[Source] = []


def register(source: Source) -> None:
    """Let an app say what waits for a person: a fixed number of queries, at most ten things."""
    _sources.append(source)


def desk_of(user: User) -> Desk:
    """What waits for this person, from every app."""
    things = list(_things(user))
    items = sorted((thing for thing in things if isinstance(thing, Item)), key=_soonest)
    today = clock.today()
    return Desk(
        late=[item for item in items if _is_late(item, today)],
        waiting=[item for item in items if not _is_late(item, today)],
        beginnings=[thing for thing in things if isinstance(thing, Beginning)],
    )


def _things(user: User) -> Iterator[Thing]:
    for source in _sources:
        yield from source(user)


def _is_late(item: Item, today: datetime.date) -> bool:
    return item.due_on is not None and item.due_on < today


def _soonest(item: Item) -> tuple[datetime.date, bool, str]:
    """By day; on one day what is in hand comes before what many share, which has no reference."""
    return item.due_on or datetime.date.max, not item.reference, item.reference
