"""The only clock. A lint rule bans the others, so that a test can move time for everybody at once."""

import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone


def now() -> datetime.datetime:
    """The time as an aware datetime in UTC."""
    real = datetime.datetime.now(datetime.UTC)  # noqa: TID251  this is the one place
    if settings.TEST_CLOCK:
        return real + _offset()
    return real


def today() -> datetime.date:
    """The date in the United Kingdom."""
    return timezone.localtime(now()).date()


def _offset() -> datetime.timedelta:
    """How far a browser test has moved the clock: in the database, so every process agrees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(seconds), 0) FROM activity_clockmove")
        return datetime.timedelta(seconds=int(cursor.fetchone()[0]))
