"""Every long list with a thousand rows and with a million: how long its first page takes.

`./test benchmarks -s` runs it in some minutes; it is no part of `./test`. It fails where a page
asks more queries of a million rows than of a thousand, or reads many to show 25 of them.
Times are printed: on one machine, only their growth from left to right says something.
"""

from __future__ import annotations

import itertools
import json
import logging
import statistics
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import examples
from accounts.models import User
from activity.saved import actions
from advice.queue import beside
from advice.queue.models import QueueView
from tests import database

SMALL, LARGE = 1_000, 1_000_000
TIMES = 15
# Rows of one table that a query may read: counts stop at 1,001 each, of which a page has a dozen.
MOST_READ = 13_000
LEFT_OUT = (
    "Rows Removed by Filter",
    "Rows Removed by Index Recheck",
    "Rows Removed by Join Filter",
)
PEOPLE_AND_PAGES = [
    (None, "/pathfinders/"),
    (None, "/pathfinders/?stage=established"),
    (None, "/search/?q=mutual"),
    ("reviewer", "/search/?q=service"),
    ("lead", "/inbox/"),
    ("lead", "/start/"),
    ("reviewer", "/casework/"),
    ("reviewer", "/casework/?queue=begin"),
    ("adviser", "/advice/queue/"),
    ("adviser", "/advice/queue/?view=all"),
    ("adviser", "/advice/queue/?view=late"),
    ("adviser", "/advice/queue/?view=all&q=pension"),
    ("adviser", "/advice/queue/?view=all&q=heron"),
    ("adviser", "/search/?q=pension"),
    ("adviser", "/advice/desk/"),
    ("coordinator", "/programme/"),
    ("administrator", "/activity/outbox/"),
]
# Of views that the adviser keeps: what narrows them is in no index.
KEPT = ["topic=EXI-1", "sector=school", "age=20", "by=others", "back=on", "urgent=on"]
# table -> which row is repeated, and what differs from copy to copy (n counts them)
COPIES = {
    "proposals_proposal": (
        "status = 'submitted'",
        {
            "reference": "'RTP-1000-' || n",
            "once": "gen_random_uuid()",
            "title": "'Service ' || n",
            "submitted_at": "submitted_at - n * interval '1 minute'",
            "status": "(array['submitted', 'assessing', 'rejected', 'withdrawn'])[1 + n % 4]",
        },
    ),
    "advice_enquiry": (
        "status = 'queued'",
        {
            "reference": "'ENQ-1000-' || lpad(n::text, 7, '0')",
            "once": "gen_random_uuid()",
            "received_at": "received_at - n * interval '1 minute'",
            "clock_from": "clock_from - n * interval '1 minute'",
            "due_at": "due_at - n * interval '1 minute'",
            "status": "(array['queued', 'closed'])[1 + n % 2]",
            "outcome": "(array['', 'helped'])[1 + n % 2]",
        },
    ),
    "advice_message": (
        "author_id is null",
        {
            "enquiry_id": (
                "coalesce((SELECT id FROM advice_enquiry"
                " WHERE reference = 'ENQ-1000-' || lpad(n::text, 7, '0')), enquiry_id)"
            ),
            "once": "gen_random_uuid()",
            "asks": "n % 2 = 0",
            "words": (
                "'What becomes of the pension of group ' || n % 1000 || ' in plan ' || md5(n::text)"
                " || CASE WHEN n % 500 = 0 THEN ' heron' ELSE '' END"
            ),
        },
    ),
    "pathfinders_pathfinder": (
        "published_at is not null and status = 'established' and stage_known",
        {
            "reference": "'PF-1' || lpad(n::text, 7, '0')",
            "slug": "'mutual-' || n",
            "name": "'Mutual ' || n",
            "proposal_reference": "''",
        },
    ),
    "activity_notification": (
        "user_id is not null",
        {
            "id": "gen_random_uuid()",
            "created_at": "created_at - n * interval '1 second'",
            "failed_at": "case when n % 10 = 0 then created_at - n * interval '1 second' end",
        },
    ),
}

# Those that the database does not fill itself.
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_name = %s AND is_generated = 'NEVER'
"""


@pytest.fixture(scope="module")
def portal(examples_database: str, django_db_blocker: Any) -> Iterator[None]:
    """The examples of this run, to be filled; the next run makes its own."""
    logging.disable(logging.INFO)
    with django_db_blocker.unblock(), database.used(examples_database):
        yield
    logging.disable(logging.NOTSET)


def fill(rows: int) -> None:
    """Repeat one example row of each table until it has so many, past every trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, (which, differs) in COPIES.items():
            cursor.execute(f"SELECT count(*) FROM {table}")
            have = cursor.fetchone()[0]
            cursor.execute(COLUMNS, [table])
            names = [name for (name,) in cursor.fetchall()]
            kept = [name for name in names if name != "id" or "id" in differs]
            values = ", ".join(f"({differs[name]})" if name in differs else name for name in kept)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(kept)}) SELECT {values} FROM"
                f" (SELECT * FROM {table} WHERE {which} LIMIT 1) one,"
                f" generate_series({have + 1}, {rows}) n"
            )
            assert cursor.rowcount == rows - have, table
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def keep_views() -> None:
    """Views of the queue, as many as stand beside it."""
    adviser = User.objects.get(email=examples.address("adviser"))
    for number, filters in zip(range(beside.MOST_KEPT), itertools.cycle(KEPT), strict=False):
        filters = f"view={'all' if number % 2 else 'provider'}&{filters}"
        actions.save(QueueView, name=f"View {number}", filters=filters, by=adviser)


def client_of(person: str | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(User.objects.get(email=examples.address(person)))
    return client


def milliseconds(client: Client, address: str) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        assert client.get(address).status_code == 200
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [each["sql"] for each in captured.captured_queries if each["sql"].startswith("SELECT")]


def rows_read(sql: str) -> dict[str, int]:
    """Run a query: how many rows of each large table it read, shown or not."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql)
        plan = cursor.fetchone()[0]
    read: dict[str, int] = {}
    for table, rows in _scans(json.loads(plan) if isinstance(plan, str) else plan):
        read[table] = read.get(table, 0) + rows
    return {table: rows for table, rows in read.items() if table in COPIES}


def _scans(plan: Any) -> Iterator[tuple[str, int]]:
    if isinstance(plan, list):
        for each in plan:
            yield from _scans(each)
    elif isinstance(plan, dict):
        if "Relation Name" in plan:
            once = sum(plan.get(key, 0) for key in ("Actual Rows", *LEFT_OUT))
            yield plan["Relation Name"], round(once * plan["Actual Loops"])
        for each in plan.values():
            yield from _scans(each)


def test_a_million_rows(portal: None) -> None:
    fill(SMALL)
    keep_views()
    first = [
        (milliseconds(client_of(p), a), len(queries(client_of(p), a))) for p, a in PEOPLE_AND_PAGES
    ]
    fill(LARGE)
    wrong = []
    for (person, address), (before, asked) in zip(PEOPLE_AND_PAGES, first, strict=True):
        client = client_of(person)
        now, all_ = milliseconds(client, address), queries(client, address)
        read = [each for sql in all_ for each in rows_read(sql).items()]
        much = [f"reads {rows:,} rows of {table}" for table, rows in read if rows > MOST_READ]
        growth = f"{before:7.1f} ms {now:7.1f} ms, {now / before:5.1f} times"
        print(f"{address:32} {growth}, {len(all_)} queries {'; '.join(much)}")
        wrong += [f"{address} {each}" for each in much]
        if len(all_) != asked:
            wrong.append(f"{address} asks {len(all_)} queries, and {asked} of {SMALL} rows")
    assert wrong == []
