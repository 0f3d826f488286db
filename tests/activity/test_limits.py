"""Doors are limited in PostgreSQL."""

import datetime

import pytest
import time_machine
from django.test import RequestFactory

from activity import clock, limits
from activity.models import DoorCount

AN_HOUR = datetime.timedelta(hours=1)
NOON = datetime.datetime(2026, 3, 2, 12, 10, tzinfo=datetime.UTC)


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_knocks_are_counted_for_one_door_and_one_person():
    assert limits.knocks("sign-in", "a@home.example", within=AN_HOUR) == 0
    assert limits.knock("sign-in", "a@home.example", within=AN_HOUR) == 1
    assert limits.knock("sign-in", "A@HOME.example", within=AN_HOUR) == 2
    assert limits.knocks("sign-in", "a@home.example", within=AN_HOUR) == 2
    assert limits.knock("sign-in", "b@home.example", within=AN_HOUR) == 1
    assert limits.knock("other", "a@home.example", within=AN_HOUR) == 1


@pytest.mark.django_db
def test_a_new_window_begins_at_nought_and_old_ones_are_forgotten():
    with time_machine.travel(NOON, tick=False) as traveller:
        limits.knock("sign-in", "a", within=AN_HOUR)
        traveller.shift(AN_HOUR)
        assert limits.knocks("sign-in", "a", within=AN_HOUR) == 0
        traveller.shift(datetime.timedelta(days=2))
        limits.forget_old()
        assert not DoorCount.objects.exists()


@pytest.mark.django_db
def test_what_was_knocked_with_is_not_kept():
    limits.knock("sign-in", "amira@home.example", within=AN_HOUR)
    count = DoorCount.objects.get()
    assert "amira" not in count.key
    assert count.window_at <= clock.now()
    assert str(count) == "sign-in: 1"


def test_the_visitors_address_is_found_past_our_own_proxies_only(settings):
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.0.0.9")
    assert limits.network_of(request) == "127.0.0.1"
    settings.PROXIES = 1
    assert limits.network_of(request) == "10.0.0.9"
    settings.PROXIES = 3
    assert limits.network_of(request) == "127.0.0.1"
