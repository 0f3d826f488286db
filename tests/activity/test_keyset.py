"""Pages by key: nothing twice, nothing left out, also in mixed order."""

import pytest

from activity import keyset
from activity.models import Counter, Notification
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def walk(order) -> list[int]:
    seen, after, pages = [], None, 0
    while True:
        page = keyset.page(Counter.objects.all(), order, after)
        seen += [row.pk for row in page.rows]
        assert page.is_first == (pages == 0)
        after, pages = page.after, pages + 1
        if after is None:
            return seen


@pytest.mark.parametrize("order", [("pk",), ("-pk",), ("year", "-pk"), ("-year", "kind", "pk")])
def test_every_row_comes_once_in_order(order):
    Counter.objects.bulk_create(
        Counter(kind=f"K{n}", year=2026 + n % 3, last=n) for n in range(2 * keyset.ROWS + 3)
    )
    expected = Counter.objects.order_by(*order).values_list("pk", flat=True)
    assert walk(order) == list(expected)


def test_a_list_that_just_fits_has_no_next_page():
    UserFactory.create_batch(keyset.ROWS)
    assert keyset.page(type(UserFactory.build()).objects.all(), ("pk",), None).after is None


@pytest.mark.parametrize("after", ["", "nonsense", "a:b:c"])
def test_a_key_that_is_not_ours_is_the_first_page(after):
    assert keyset.page(Counter.objects.all(), ("pk",), after).is_first


def test_a_key_of_another_list_is_the_first_page():
    Counter.objects.bulk_create(Counter(kind=f"K{n}", year=1, last=n) for n in range(30))
    key = keyset.page(Counter.objects.all(), ("year", "pk"), None).after
    assert keyset.page(Counter.objects.all(), ("pk",), key).is_first


def test_times_are_keys_too():
    user = UserFactory()
    Notification.objects.bulk_create(Notification(kind="a.b", user=user) for _ in range(30))
    first = keyset.page(Notification.objects.all(), ("-created_at", "-pk"), None)
    rest = keyset.page(Notification.objects.all(), ("-created_at", "-pk"), first.after)
    assert len({row.pk for row in [*first.rows, *rest.rows]}) == 30
