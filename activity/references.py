"""References that people quote, such as RTP-2026-0001: from one counter row, never used twice."""

from django.db import connection

from activity import clock

# kind -> (whether it carries a year, digits)
SHAPES = {
    "RTP": (True, 4),
    "PF": (False, 4),
    "MEN": (False, 4),
    "ENQ": (True, 6),
    "BAR": (False, 4),
    "LES": (False, 4),
    "IDEA": (False, 4),
    "FUND": (False, 4),
}

NEXT = """
    INSERT INTO activity_counter (kind, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (kind, year) DO UPDATE SET last = activity_counter.last + 1
    RETURNING last
"""
HOLD = """
    INSERT INTO activity_counter (kind, year, last) VALUES (%s, %s, 0)
    ON CONFLICT (kind, year) DO UPDATE SET last = activity_counter.last
"""


def next_reference(kind: str) -> str:
    """The next reference of a kind; the counter row stays locked until the transaction ends."""
    with_year, digits = SHAPES[kind]
    year = _year(kind)
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [kind, year])
        number = cursor.fetchone()[0]
    middle = f"{year}-" if with_year else ""
    return f"{kind}-{middle}{number:0{digits}d}"


def hold(kind: str) -> None:
    """Let nobody else take a reference of a kind until the transaction ends.

    Whoever opens a second record of the same name then sees the first.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [kind, _year(kind)])


def _year(kind: str) -> int:
    with_year, _digits = SHAPES[kind]
    return clock.today().year if with_year else 0
