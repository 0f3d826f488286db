"""References are given out once, also to two people at once."""

import datetime
import threading

import pytest
import time_machine
from django.db import connection, transaction

from activity.models import Counter
from activity.references import next_reference


@pytest.mark.django_db
@time_machine.travel(datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC))
def test_a_reference_has_its_kinds_shape():
    given = [next_reference(kind) for kind in ("RTP", "RTP", "PF", "ENQ")]
    assert given == ["RTP-2026-0001", "RTP-2026-0002", "PF-0001", "ENQ-2026-000001"]
    assert str(Counter.objects.get(kind="RTP")) == "RTP 2026: 2"


@pytest.mark.django_db
def test_numbers_begin_again_with_the_year():
    with time_machine.travel(datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)):
        next_reference("RTP")
    with time_machine.travel(datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)):
        assert next_reference("RTP") == "RTP-2027-0001"


@pytest.mark.django_db(transaction=True)
def test_two_connections_never_get_the_same():
    given: list[str] = []

    def ask() -> None:
        try:
            for _ in range(5):
                with transaction.atomic():
                    given.append(next_reference("BAR"))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [f"BAR-{n:04d}" for n in range(1, 21)]
