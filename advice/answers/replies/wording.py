"""How the moment at which a reply goes is said."""

from __future__ import annotations

import datetime

from django.utils import timezone


def to_the_second(at: datetime.datetime | None) -> str:
    """2:04:31pm; "" for no moment."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02}:{local.second:02}{'am' if local.hour < 12 else 'pm'}"
