"""The two sides of a mentorship: who belongs to them, and what each has answered."""

from __future__ import annotations

import datetime

from django.db import models

from accounts.models import User
from activity.actors import Actor
from pathfinders.mentoring.models import Mentorship, Side, bodies_mentored_for


def sides_of(actor: Actor, mentorship: Mentorship) -> list[Side]:
    """The sides that somebody may answer for; read once for each record and person."""
    if not isinstance(actor, User):
        return []
    known: dict[int, list[Side]] = mentorship.__dict__.setdefault("_sides", {})
    if actor.pk not in known:
        known[actor.pk] = _sides(actor, mentorship)
    return known[actor.pk]


def _sides(actor: User, mentorship: Mentorship) -> list[Side]:
    sides = []
    if mentorship.mentor.organisation_id in bodies_mentored_for(actor):
        sides.append(Side.MENTOR)
    if mentorship.pathfinder.people.filter(pk=actor.pk).exists():
        sides.append(Side.PATHFINDER)
    return sides


def yes_of(side: Side, mentorship: Mentorship) -> datetime.datetime | None:
    """When a side said yes."""
    yes: datetime.datetime | None = getattr(mentorship, f"{side}_yes_at")
    return yes


def waiting_side(actor: Actor, mentorship: Mentorship) -> Side | None:
    """The side for which somebody may answer and which has not said yes."""
    sides = sides_of(actor, mentorship)
    return next((side for side in sides if yes_of(side, mentorship) is None), None)


def people_of(side: Side, mentorship: Mentorship) -> models.QuerySet[User]:
    """Everybody who may answer for a side."""
    if side == Side.MENTOR:
        return mentorship.mentor.people()
    return mentorship.pathfinder.people
