"""When on its first and last day a vote opens and closes."""

import datetime

from django.utils import timezone

OPENS = datetime.time(8)
CLOSES = datetime.time(20)


def morning(day: datetime.date) -> datetime.datetime:
    """From when on it can be opened on that day."""
    return timezone.make_aware(datetime.datetime.combine(day, OPENS))


def evening(day: datetime.date) -> datetime.datetime:
    """When it closes on that day."""
    return timezone.make_aware(datetime.datetime.combine(day, CLOSES))
