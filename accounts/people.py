"""The person who is signed in, and the people who hold a role."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest

from accounts.models import Appointment, Role, User


def signed_in(request: HttpRequest) -> User:
    """The person signed in, for views behind @login_required."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def holders(role: Role, on: datetime.date) -> models.QuerySet[User]:
    """Everybody who holds a role on that date and may sign in, whatever body it is held in."""
    held = Appointment.objects.current(on).filter(role=role)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")
