"""Who advises beside somebody today: on duty, off, or away, and how many each holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from accounts.models import Absence, Appointment, Organisation, Role, User
from accounts.people import named
from activity import clock, counting
from advice.intake.models import AdvicePolicy, AdviserProfile, Enquiry, Status

# More are on no page beside the work itself.
MOST_SHOWN = 12


@dataclass(frozen=True)
class Colleague:
    """An adviser as colleagues see them.

    in_hand: how many wait for their word, of the `most` that may. away_until: the last day of an
    absence that holds today.
    """

    name: str
    is_reader: bool
    in_hand: int
    most: int
    is_off: bool
    away_until: datetime.date | None

    @property
    def is_here(self) -> bool:
        """Whether they are given enquiries today."""
        return not self.is_off and self.away_until is None


def _off() -> models.QuerySet[AdviserProfile]:
    return AdviserProfile.objects.filter(user=OuterRef("pk"), on_duty=False)


def _absent() -> models.QuerySet[Absence]:
    return Absence.objects.on(clock.today()).filter(user=OuterRef("pk"))


def on_duty(people: models.QuerySet[User]) -> models.QuerySet[User]:
    """Those of some people who neither went off duty nor are away today."""
    return people.filter(~Exists(_off()), ~Exists(_absent()))


def advisers_of(providers: Iterable[Organisation]) -> models.QuerySet[User]:
    """The advisers of these providers who may sign in."""
    held = Appointment.objects.current(clock.today()).filter(
        role=Role.ADVISER, organisation__in=[each.pk for each in providers]
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def told(people: models.QuerySet[User], reader: User) -> models.QuerySet[Any, Any]:
    """What `colleague` reads of the first of these people, for a subquery: one value each.

    The reader comes first, then who is on duty, who is off, who is away. What they hold is counted
    of what the reader may know of.
    """
    theirs = Enquiry.objects.visible_to(reader).filter(
        adviser=OuterRef("pk"), status=Status.WITH_ADVISER
    )
    policy = AdvicePolicy.objects.in_force(clock.today()).values("enquiries_each")[:1]
    is_reader = models.ExpressionWrapper(Q(pk=reader.pk), models.BooleanField())
    is_away = models.ExpressionWrapper(Q(away_until__isnull=False), models.BooleanField())
    known = people.annotate(
        who=named(),
        is_off=Exists(_off()),
        away_until=Subquery(_absent().values("ends_on")[:1]),
    )
    in_order = known.order_by(is_reader.desc(), is_away, "is_off", "who", "pk")
    return in_order.values(
        told=JSONObject(
            name="who",
            is_reader=is_reader,
            in_hand=counting.Count(theirs),
            most=Subquery(policy),
            own="adviser_profile__most",
            is_off="is_off",
            away_until="away_until",
        )
    )[:MOST_SHOWN]


def colleague(said: dict[str, Any]) -> Colleague:
    """One of what `told` found."""
    own, until, most = said.pop("own"), said.pop("away_until"), said.pop("most") or 0
    away_until = datetime.date.fromisoformat(until) if until else None
    return Colleague(most=min(most, own or most), away_until=away_until, **said)
