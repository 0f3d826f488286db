"""A key belongs to the order that it was made in."""

import pytest

from activity import keyset
from activity.models import Counter


@pytest.mark.django_db
def test_a_key_of_another_order_is_the_first_page():
    Counter.objects.bulk_create(Counter(kind=f"K{n}", year=1, last=n) for n in range(30))
    key = keyset.page(Counter.objects.all(), ("kind", "pk"), None).after
    assert keyset.page(Counter.objects.all(), ("year", "pk"), key).is_first
    assert not keyset.page(Counter.objects.all(), ("kind", "pk"), key).is_first
