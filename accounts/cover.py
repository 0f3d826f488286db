"""Who is away and who covers whom: the one place that decides it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import COVERED, Absence, Appointment, User


def covering(stand_in: User, on: datetime.date) -> dict[int, Absence]:
    """The absences of that day for which somebody stands in, by the key of who is away.

    Read once a day for each user object, hence once a request.
    """
    known: dict[datetime.date, dict[int, Absence]] = vars(stand_in).setdefault("_covering", {})
    if on not in known:
        absences = covered_by(stand_in, on).select_related("user")
        known[on] = {each.user_id: each for each in absences}
    return known[on]


def covered_by(stand_in: User, on: datetime.date) -> QuerySet[Absence]:
    """The absences of that day for which somebody stands in, for a subquery."""
    return Absence.objects.covered(on).filter(stand_in=stand_in)


def answering(reader: User, on: datetime.date) -> list[int]:
    """The keys of all whose work somebody sees to on that day: their own, and those they cover."""
    return [reader.pk, *covering(reader, on)]


def stand_ins(people: Iterable[User], on: datetime.date) -> dict[int, User]:
    """Who stands in for each of these people on that day, by the key of who is away."""
    covered = Absence.objects.covered(on).filter(user__in=people).select_related("stand_in")
    return {each.user_id: each.stand_in for each in covered if each.stand_in is not None}


def here(people: QuerySet[User], on: datetime.date) -> QuerySet[User]:
    """Those of some people who are not away on that day."""
    return people.exclude(pk__in=Absence.objects.on(on).values("user"))


def gone(people: QuerySet[User], on: datetime.date) -> QuerySet[User]:
    """Those of some people who are away on that day, each with the last day: `away_until`."""
    until = Absence.objects.on(on).filter(user=OuterRef("pk")).values("ends_on")[:1]
    return people.annotate(away_until=Subquery(until)).filter(away_until__isnull=False)


def may_stand_in(
    person: User,
    first: datetime.date,
    last: datetime.date,
    today: datetime.date,
    *,
    whoever_is_away: bool = False,
) -> QuerySet[User]:
    """Who could stand in for somebody on these days: in a like role there, and not away then.

    A like role is one that both hold today, in the same body, and that can be covered.
    whoever_is_away: also those who are away then, where the days are not known yet.
    """
    theirs = Appointment.objects.current(today).filter(user=person, role__in=COVERED)
    alike = Appointment.objects.current(today).filter(
        Exists(theirs.filter(role=OuterRef("role"), organisation=OuterRef("organisation"))),
        user=OuterRef("pk"),
    )
    absent = Absence.objects.between(first, last).filter(user=OuterRef("pk"))
    found = User.objects.filter(Exists(alike), is_active=True)
    if not whoever_is_away:
        found = found.filter(~Exists(absent))
    return found.exclude(pk=person.pk).order_by("name", "pk")
