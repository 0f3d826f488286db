"""The people whom the register tells."""

from __future__ import annotations

from django.db import models

from accounts.models import Role, User
from accounts.people import holders
from activity import clock


def coordinators() -> models.QuerySet[User]:
    """Everybody who coordinates the programme today."""
    return holders(Role.COORDINATOR, clock.today())
