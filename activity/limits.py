"""How often a door may be knocked at. Kept in PostgreSQL: a cache that is away must not open one."""

import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from activity import clock
from activity.models import DoorCount

KNOCK = """
    INSERT INTO activity_doorcount (door, key, window_at, knocks) VALUES (%s, %s, %s, 1)
    ON CONFLICT (door, key, window_at) DO UPDATE SET knocks = activity_doorcount.knocks + 1
    RETURNING knocks
"""
COUNT = "SELECT knocks FROM activity_doorcount WHERE door = %s AND key = %s AND window_at = %s"


def knock(door: str, who: str, *, within: datetime.timedelta) -> int:
    """Count one knock and return how many there were in this window of time."""
    return _run(KNOCK, door, who, within)


def knocks(door: str, who: str, *, within: datetime.timedelta) -> int:
    """How many knocks there were in this window of time."""
    return _run(COUNT, door, who, within)


def network_of(request: HttpRequest) -> str:
    """The address a request came from, past as many proxies of ours as the settings name."""
    if settings.PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(hops) >= settings.PROXIES and hops[-settings.PROXIES]:
            return str(hops[-settings.PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))


def forget_old() -> None:
    """Drop the counts of windows that ended more than two days ago."""
    old = clock.now() - datetime.timedelta(days=2)
    DoorCount.objects.filter(window_at__lt=old).delete()


def _run(sql: str, door: str, who: str, within: datetime.timedelta) -> int:
    length = int(within.total_seconds())
    start = int(clock.now().timestamp()) // length * length
    window = datetime.datetime.fromtimestamp(start, datetime.UTC)
    key = salted_hmac(f"door:{door}", who.lower(), algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(sql, [door, key, window])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
