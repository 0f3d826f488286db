"""A row that is held may be locked again from further down: nobody waits for it."""

import pytest

from accounts.models import User
from activity import transactions
from activity.models import Counter
from activity.transactions import in_one_piece, lock


@pytest.mark.django_db
def test_a_row_that_is_held_is_locked_again(monkeypatch):
    monkeypatch.setattr(transactions, "LOCK_ORDER", ("accounts.user", "activity.counter"))
    user = User.objects.create_user("a@home.example", name="A")
    counter = Counter.objects.create(kind="T", year=1, last=0)

    @in_one_piece
    def down_and_up():
        lock(User, user.pk)
        lock(Counter, counter.pk)
        return lock(User, user.pk)

    assert down_and_up() == user
