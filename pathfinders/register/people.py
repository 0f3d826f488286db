"""The people of a mutual and whom the register tells: who may be one of them, who coordinates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.people import holders
from activity import clock
from pathfinders.register.audiences import is_coordinator
from pathfinders.register.models import Pathfinder

Refusal: TypeAlias = Callable[[Pathfinder, User], str]
_refusals: list[Refusal] = []


def coordinators() -> models.QuerySet[User]:
    """Everybody who coordinates the programme today."""
    return holders(Role.COORDINATOR, clock.today())


def register(refusal: Refusal) -> None:
    """Add a part's reason why somebody cannot be one of a mutual's people; "" is none."""
    if refusal not in _refusals:
        _refusals.append(refusal)


def why_not(pathfinder: Pathfinder, user: User) -> str:
    """The reason why somebody cannot be made one of a mutual's people, or ""."""
    if pathfinder.members.current().filter(user=user).exists():
        return _("This person belongs to the pathfinder already.")
    if is_coordinator(user):
        return _("This person coordinates the programme, so cannot answer for a pathfinder too.")
    return next(filter(None, (refusal(pathfinder, user) for refusal in _refusals)), "")
