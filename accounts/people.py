"""The person who is signed in, and the people who hold a role."""

from __future__ import annotations

import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest

from accounts.models import Appointment, Role, User


def signed_in(request: HttpRequest) -> User:
    """The person signed in, for views behind @login_required."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def holders(role: Role, on: datetime.date) -> models.QuerySet[User]:
    """Everybody who holds a role on that date and may sign in, whatever body it is held in."""
    return _active(Appointment.objects.current(on).filter(role=role))


def holders_in(organisation_id: int | None, role: Role, on: datetime.date) -> models.QuerySet[User]:
    """Everybody who holds a role in one body on that date and may sign in; nobody in no body."""
    held = Appointment.objects.current(on).filter(role=role, organisation=organisation_id)
    return _active(held)


def _active(held: models.QuerySet[Appointment]) -> models.QuerySet[User]:
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def with_address(address: str) -> User | None:
    """Whoever signs in with exactly this address, in any case of letters, and has confirmed it.

    For officials who were given the address by its owner; nobody else may ask.
    """
    confirmed = EmailAddress.objects.filter(email__iexact=address, verified=True)
    found = User.objects.filter(email__iexact=address, pk__in=confirmed.values("user"))
    return found.filter(is_active=True).first()


def named(owner: str = "") -> Coalesce:
    """A person as pages name them, by name or else by address, for queries.

    owner: the way to the person, like "by__".
    """
    return Coalesce(
        NullIf(f"{owner}name", models.Value("")), f"{owner}email", output_field=models.TextField()
    )
