"""Counting up to a bound."""

import pytest

from accounts.models import User
from activity import counting
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_many_lists_are_counted_in_one_query_up_to_one_past_the_bound(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(counting, "MOST", 2)
    for number in range(4):
        UserFactory(name=f"Person {number}")
    people = User.objects.order_by("name")
    lists = {
        "all": people,
        "nobody": people.none(),
        "two": people.filter(name__in=["Person 1", "Person 2"]),
    }
    with django_assert_num_queries(1):
        assert counting.counts(lists) == {"all": 3, "nobody": 0, "two": 2}


def test_lists_that_are_empty_for_sure_are_not_asked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert counting.counts({"nobody": User.objects.none()}) == {"nobody": 0}


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (1000, "1,000"), (1001, "1,000+")])
def test_a_count_past_the_bound_is_said_so(count, words):
    assert counting.in_words(count) == words
