"""What somebody can find out about a secret vote who has the whole database and all logs.

They also stood beside the voters: they know who voted and in which order, and who is on the roll.
"""

import hashlib
import re

from django.db import connection

VOTES = "proposals_vote"
CODES = "proposals_votingcode"
# What says of which vote a row is, and nothing of a person in it.
NO_CLUE = {"ballot_id", "group", "choice", "tableoid"}
SYSTEM = ("ctid", "xmin", "xmax", "cmin")
HEX = re.compile(r"[0-9a-f]{16,}")


def whole_database():
    """Table -> its rows as they lie on the disk: column -> text, hidden columns too."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            hidden = ", ".join(f"{name}::text AS {name}" for name in SYSTEM)
            cursor.execute(f'SELECT {hidden}, t.* FROM "{table}" t ORDER BY t.ctid')  # noqa: S608  names of our own tables
            names = [column.name for column in cursor.description]
            found[table] = [
                {name: text(value) for name, value in zip(names, row, strict=True)}
                for row in cursor.fetchall()
            ]
    return found


def text(value):
    return bytes(value).hex() if isinstance(value, memoryview) else str(value)


def orders(rows):
    """Every order in which somebody could read some rows: by place, and by each of their columns.

    Name -> rows. A column that is the same everywhere gives no order but that of place.
    """
    if not rows:
        return {}
    return {
        f"{name}{' backwards' if back else ''}": sorted(rows, key=by(name), reverse=back)
        for name in rows[0]
        for back in (False, True)
    }


def by(name):
    return lambda row: (len(row[name]), row[name])


def best_by_order(rows, truth, told):
    """How many are guessed right at best by reading rows in some order beside the truth in its own.

    truth: what is to be found out, in the order that the attacker knows. told: what a row says.
    """
    return max(
        sum(told(row) == each for row, each in zip(read, truth, strict=False))
        for read in orders(rows).values()
    )


def values(rows, leave_out=NO_CLUE):
    """Every value that could lead from one row to another."""
    return {
        value
        for row in rows
        for name, value in row.items()
        if name not in leave_out and name not in SYSTEM and len(value) > 2
    }


def values_in_common(found, table, others):
    """What stands in a table and in one of the others: a way from one to the other."""
    mine = values(found[table])
    return {other: mine & values(found[other]) for other in others if mine & values(found[other])}


def made_of(secrets, texts):
    """Which texts are a secret, or hold one or the beginning of its hash.

    A few digits stand somewhere in many a hash by chance.
    """
    pieces = set()
    for secret in secrets:
        pieces.add(secret)
        for algorithm in ("md5", "sha1", "sha256", "sha512"):
            pieces.add(hashlib.new(algorithm, secret.encode()).hexdigest()[:16])
    long = [piece for piece in pieces if len(piece) > 8]
    return {each for each in texts if each in pieces or any(piece in each for piece in long)}


def shared_transactions(found, table):
    """Other tables with a row that was written in the same transaction as one of this table."""
    mine = {row["xmin"] for row in found[table]}
    return {
        other
        for other, rows in found.items()
        if other != table and mine & ({row["xmin"] for row in rows} | {row["xmax"] for row in rows})
    }


def transactions(rows):
    return len({row["xmin"] for row in rows})
