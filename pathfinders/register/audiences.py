"""Who may see an entry: a union of named audiences, to which later parts add their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from accounts.models import Role, User
from activity.actors import Actor, holds

Reader: TypeAlias = Actor | AnonymousUser
Audience: TypeAlias = Callable[[Reader], Q]

EVERYTHING = Q()
NOTHING = Q(pk__in=[])


def public(reader: Reader) -> Q:
    """Everybody, once a coordinator has published the entry."""
    return Q(published_at__isnull=False)


def own_people(reader: Reader) -> Q:
    """The people of the mutual itself."""
    return Q(pk__in=entries_of(reader)) if isinstance(reader, User) else NOTHING


def entries_of(user: User) -> QuerySet[Any, Any]:
    """The keys of the entries to whose people somebody belongs now."""
    return user.pathfinder_memberships.current().values("pathfinder")


def coordinators(reader: Reader) -> Q:
    """Programme coordinators see every entry."""
    return EVERYTHING if is_coordinator(reader) else NOTHING


def is_coordinator(reader: Reader) -> bool:
    """Whether somebody coordinates the programme today."""
    return not isinstance(reader, AnonymousUser) and holds(reader, Role.COORDINATOR)


def must_coordinate(reader: Reader) -> None:
    """Raise PermissionDenied for all but coordinators."""
    if not is_coordinator(reader):
        raise PermissionDenied


_audiences: list[Audience] = [public, own_people, coordinators]


def register(audience: Audience) -> None:
    """Add an audience of a part to the right of the register."""
    if audience not in _audiences:
        _audiences.append(audience)


def may_see(reader: Reader) -> Q:
    """Which entries somebody may see."""
    union = NOTHING
    for audience in _audiences:
        found = audience(reader)
        if not found:
            return EVERYTHING
        union |= found
    return union
