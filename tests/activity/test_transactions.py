"""Writing in one piece: the lock order, the retries, the wait that ends."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from accounts.models import User
from activity import transactions
from activity.models import Counter
from activity.transactions import LockOrderError, in_one_piece, lock
from tests.factories import UserFactory

A, B = "accounts.user", "activity.counter"


@pytest.fixture(autouse=True)
def order(monkeypatch):
    """Two tables of the house stand in for those of the apps."""
    monkeypatch.setattr(transactions, "LOCK_ORDER", (A, B))


def counter() -> Counter:
    return Counter.objects.create(kind="T", year=1, last=0)


@pytest.mark.django_db
def test_locks_go_down_the_list():
    first, second, row = UserFactory(), UserFactory(), counter()

    @in_one_piece
    def write() -> None:
        lock(User, first.pk)
        lock(User, second.pk)
        lock(Counter, row.pk)
        lock(Counter, row.pk)

    write()
    write()


@pytest.mark.django_db
def test_a_lock_out_of_order_is_our_mistake():
    first, second, row = UserFactory(), UserFactory(), counter()

    @in_one_piece
    def up() -> None:
        lock(Counter, row.pk)
        lock(User, first.pk)

    @in_one_piece
    def backwards() -> None:
        lock(User, second.pk)
        lock(User, first.pk)

    with pytest.raises(LockOrderError, match=r"accounts.user .* is locked after activity.counter"):
        up()
    with pytest.raises(LockOrderError, match=r"accounts.user .* is locked after accounts.user"):
        backwards()


@pytest.mark.django_db
def test_a_table_outside_the_order_is_not_locked(monkeypatch):
    monkeypatch.setattr(transactions, "LOCK_ORDER", (B,))
    user = UserFactory()
    with pytest.raises(LockOrderError, match="no place in the lock order"):
        in_one_piece(lambda: lock(User, user.pk))()


@pytest.mark.django_db
def test_a_lock_is_taken_inside_one_piece():
    with pytest.raises(LockOrderError, match="in_one_piece"):
        lock(User, 1)


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_is_tried_again_and_both_are_done():
    rows = [counter(), Counter.objects.create(kind="U", year=1, last=0)]
    both_hold_one = threading.Barrier(2, timeout=20)
    met: set[int] = set()

    @in_one_piece
    def add(first: int, second: int) -> None:
        bump(rows[first])
        if first not in met:
            met.add(first)
            both_hold_one.wait()
        bump(rows[second])

    def bump(row: Counter) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE activity_counter SET last = last + 1 WHERE id = %s", [row.pk])

    def run(first: int, second: int) -> None:
        try:
            add(first, second)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((0, 1), (1, 0))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Counter.objects.values_list("last", flat=True)) == [2, 2]


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_does_not_come_is_given_up(monkeypatch):
    monkeypatch.setattr(transactions, "LOCK_WAIT", "200ms")
    user = UserFactory()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            held.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(20)
    try:
        with pytest.raises(OperationalError, match="lock timeout"):
            in_one_piece(lambda: lock(User, user.pk))()
    finally:
        done.set()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_it_gives_up_after_three_deadlocks():
    tries = []

    @in_one_piece
    def write() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$")

    with pytest.raises(OperationalError):
        write()
    assert len(tries) == 3


@pytest.mark.django_db(transaction=True)
def test_inside_another_piece_it_joins_that_one():
    row, user = counter(), UserFactory()

    @in_one_piece
    def inner(last: int) -> None:
        Counter.objects.filter(pk=row.pk).update(last=last)
        lock(User, user.pk)

    @in_one_piece
    def outer() -> None:
        lock(Counter, row.pk)
        inner(7)

    with pytest.raises(LockOrderError):
        outer()
    row.refresh_from_db()
    assert row.last == 0
