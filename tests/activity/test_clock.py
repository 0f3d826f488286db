"""One clock, which a browser test can move for every process."""

import datetime

import pytest
import time_machine

from activity import clock
from activity.models import ClockMove

MIDNIGHT_IN_LONDON = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)


@time_machine.travel(MIDNIGHT_IN_LONDON, tick=False)
def test_the_date_is_that_of_the_united_kingdom():
    assert clock.now() == MIDNIGHT_IN_LONDON
    assert clock.today() == datetime.date(2026, 7, 1)


@pytest.mark.django_db
@time_machine.travel(MIDNIGHT_IN_LONDON, tick=False)
def test_a_test_moves_the_clock_through_the_database(settings):
    ClockMove.objects.create(seconds=3600)
    assert clock.now() == MIDNIGHT_IN_LONDON
    settings.TEST_CLOCK = True
    assert clock.now() == MIDNIGHT_IN_LONDON + datetime.timedelta(hours=1)
    assert str(ClockMove.objects.get()) == "3600 s"
