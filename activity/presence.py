"""Who else is here: shown, never a lock. One audience of a record never learns of another."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from accounts.models import User
from accounts.people import named
from activity import clock
from activity.models import Presence

# A page says every 20 seconds that it is looked at; who was silent for so long is gone.
LASTS = datetime.timedelta(seconds=60)


@dataclass(frozen=True)
class Someone:
    """Who is here: by name, on which page of the place, and whether they write there."""

    who: str
    spot: str
    is_writing: bool


@dataclass(frozen=True)
class Place:
    """Where the people of one audience meet at a record, as an app says of it when it is ready.

    name: told by the page, such as "proposal.team".
    open_to: the records at which somebody may be seen here and see the others; made of the app's
    own audiences, as `visible_to` is.
    may_be_seen: the condition for a row of Presence (`subject_id`, `user`) that this person still
    may be here, so that whoever left the audience is gone at once and not after a minute.
    spots: the pages of this place.
    says: somebody and the reader's own spot -> a sentence.
    """

    name: str
    open_to: Callable[[User], models.QuerySet[Any]]
    may_be_seen: Callable[[], Q | Combinable]
    spots: Callable[[], Collection[str]]
    says: Callable[[Someone, str], str]


@dataclass(frozen=True)
class Here:
    """What a page shows of who else is here, and what its script needs to say that it is."""

    place: str
    reference: str
    spot: str
    lines: list[str]


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    """Make a place known."""
    _places[place.name] = place


def place_of(name: str) -> Place | None:
    """The place of that name."""
    return _places.get(name)


def come(place: Place, record: models.Model, *, spot: str, is_writing: bool, by: User) -> None:
    """Say that somebody looks at a page now. In one statement, so two windows do not collide."""
    row = Presence(place=place.name, subject_id=record.pk, user=by, spot=spot)
    row.writing, row.seen_at = is_writing, clock.now()
    Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["place", "subject_id", "user"],
        update_fields=["spot", "writing", "seen_at"],
    )


def leave(place: Place, record: models.Model, *, spot: str, by: User) -> None:
    """Say that somebody left a page, unless they are at another one of the place by now."""
    Presence.objects.filter(place=place.name, subject_id=record.pk, user=by, spot=spot).delete()


def others(name: str, records: Iterable[int], reader: User) -> dict[int, list[Someone]]:
    """Who else is at each of these records, as far as the reader may know: one query.

    By the record's key, and there by name; a record where nobody is has no key.
    """
    place = _places[name]
    open_now = place.open_to(reader).filter(pk__in=list(records)).order_by()
    rows = _rows(place, reader).filter(subject_id__in=open_now.values("pk"))
    found: dict[int, list[Someone]] = {}
    for row in rows.select_related("user"):
        someone = Someone(str(row.user), row.spot, row.writing)
        found.setdefault(row.subject_id, []).append(someone)
    return found


def beside(name: str, reader: User) -> ArraySubquery:
    """The same as a column `present` of a query that finds records which are open to the reader."""
    rows = _rows(_places[name], reader).filter(subject_id=OuterRef("pk"))
    who = named("user__")
    return ArraySubquery(rows.values(row=JSONObject(who=who, spot="spot", is_writing="writing")))


def here(name: str, record: Any, spot: str, reader: User) -> Here:
    """Who else is at one record, in words, for a page of that place. Writes nothing.

    Asks nothing of a record that was found with `beside`.
    """
    if hasattr(record, "present"):
        found = [Someone(**row) for row in record.present]
    else:
        found = others(name, [record.pk], reader).get(record.pk, [])
    says = _places[name].says
    return Here(name, record.reference, spot, [says(someone, spot) for someone in found])


def _rows(place: Place, reader: User) -> models.QuerySet[Presence]:
    rows = Presence.objects.filter(
        place.may_be_seen(),
        place=place.name,
        seen_at__gt=clock.now() - LASTS,
        user__is_active=True,
    )
    return rows.exclude(user=reader).order_by("user__name", "pk")


def forget_old() -> None:
    """Drop the rows of whoever is gone."""
    Presence.objects.filter(seen_at__lte=clock.now() - LASTS).delete()
