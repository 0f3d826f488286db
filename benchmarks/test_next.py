"""Taking the next enquiry out of a hundred thousand, beside the plainest claim there is.

`./test benchmarks/test_next.py -s` runs it in a minute. Half of them are queued, with three
providers and nobody; the adviser knows some groups of topics and has an interest in a body. What
counts is the time that the database took for all that a press asks, not that of Python: the best
of thirty, so other work on the machine counts little.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import examples
from accounts.models import Interest, Organisation, Tie, User
from activity import clock
from advice.intake.models import AdvicePolicy, AdviserProfile, Enquiry, TopicGroup
from advice.queue import actions
from tests import database

FEW, MANY = 10, 100_000
TIMES = 30
MOST_MS = 20
FILL = """
    INSERT INTO advice_enquiry (reference, revision, created_at, status_at, status, channel,
        topic_id, policy_id, employer_must_not_know, provider_id, outcome, received_at, clock_from,
        first_reply_due_at, due_at, once, is_example, route, urgent, for_leads, pick_up_by)
    SELECT 'ENQ-1000-' || lpad(n::text, 7, '0'), 0, now(), now(),
        (array['queued', 'closed'])[1 + n %% 2], 'form',
        topics[1 + n %% cardinality(topics)], policy_id, true, (providers || null)[1 + n %% 4],
        (array['', 'helped'])[1 + n %% 2], received_at, clock_from, first_reply_due_at,
        due_at + n * interval '1 second', gen_random_uuid(), false, 'lead', n %% 1000 = 0, false,
        null
    FROM (SELECT * FROM advice_enquiry WHERE status = 'queued' LIMIT 1) one,
        (SELECT array_agg(id) AS topics FROM advice_topic) t,
        (SELECT array_agg(id ORDER BY id) AS providers FROM accounts_organisation
         WHERE kind = 'advice-provider') p,
        generate_series(%s, %s) n
"""
CONTACTS = """
    INSERT INTO advice_contact (enquiry_id, name, email, address_is_private, telephone, safe_ways,
        sector, employer_id, employer_name)
    SELECT id, '', '', false, '', '', '', bodies[1 + id %% cardinality(bodies)], ''
    FROM advice_enquiry, (SELECT array_agg(id) AS bodies FROM accounts_organisation) b
    WHERE reference LIKE 'ENQ-1000-%%' AND NOT EXISTS
        (SELECT FROM advice_contact c WHERE c.enquiry_id = advice_enquiry.id)
"""
PLAIN = """
    UPDATE advice_enquiry SET channel = channel WHERE id = (
        SELECT id FROM advice_enquiry WHERE status = 'queued' AND NOT for_leads
        ORDER BY urgent DESC, due_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
"""


@pytest.fixture(scope="module")
def adviser(examples_database: str, django_db_blocker: Any) -> Iterator[User]:
    """The example adviser, who knows about some things and has an interest."""
    logging.disable(logging.INFO)
    with django_db_blocker.unblock(), database.used(examples_database):
        user = User.objects.get(email=examples.address("adviser"))
        profile, _new = AdviserProfile.objects.get_or_create(user=user)
        profile.skills.set(TopicGroup.objects.exclude(code__in=["FIN", "LEG"]))
        body = Organisation.objects.employers().first()
        said = {"tie": Tie.WORK, "declared_at": clock.now()}
        Interest.objects.create(user=user, organisation=body, **said)
        AdvicePolicy.objects.update(enquiries_each=30_000)
        yield user
    logging.disable(logging.NOTSET)


def fill(first: int, last: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL, [first, last])
        cursor.execute(CONTACTS, [])
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def press(user: User) -> tuple[float, float]:
    """The milliseconds of the database for one press, and of the claim in it alone; undone."""
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        taken = actions.take_next(by=User.objects.get(pk=user.pk))
        transaction.set_rollback(True)
    assert taken is not None
    locks = [float(each["time"]) for each in asked if "SKIP LOCKED" in each["sql"]]
    return 1000 * sum(float(each["time"]) for each in asked), 1000 * sum(locks)


def plain() -> float:
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLAIN)
        transaction.set_rollback(True)
    return 1000 * (time.perf_counter() - began)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_next_takes_twenty_milliseconds_of_a_hundred_thousand(adviser: User) -> None:
    fill(1, FEW)
    client = Client()
    client.force_login(adviser)
    held = Enquiry.objects.held_by(adviser).first()
    assert held is not None
    pages = ["/advice/queue/", "/advice/queue/?view=all", f"/advice/enquiries/{held.reference}/"]
    before = [queries(client, page) for page in pages]
    fill(FEW + 1, MANY)
    whole, alone = zip(*[press(adviser) for _ in range(TIMES)], strict=True)
    floor = min(plain() for _ in range(TIMES))
    took = min(whole)
    print(f"a press {took:.1f} ms, its SKIP LOCKED {min(alone):.1f} ms")
    print(f"a plain SKIP LOCKED of one table {floor:.1f} ms")
    after = [queries(client, page) for page in pages]
    print(dict(zip(pages, after, strict=True)))
    assert after == before
    assert max(after[:2]) <= 8
    assert after[2] <= 10
    assert took < MOST_MS
