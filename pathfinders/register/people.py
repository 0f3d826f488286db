"""The people whom the register tells, and the person who is signed in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest

from accounts.models import Appointment, Role, User
from activity import clock


def coordinators() -> models.QuerySet[User]:
    """Everybody who coordinates the programme today."""
    return holders(Role.COORDINATOR)


def holders(role: Role) -> models.QuerySet[User]:
    """Everybody who holds a role today, whatever body it is held in."""
    held = Appointment.objects.current(clock.today()).filter(role=role).values("user")
    return User.objects.filter(pk__in=held, is_active=True).order_by("pk")


def signed_in(request: HttpRequest) -> User:
    """The person signed in, for views behind @login_required."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
