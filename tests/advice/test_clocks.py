"""When a reply is due: hours of the line, bank holidays, waits."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from activity.models import Event
from activity.worktime import UK, Stop
from advice.intake import clocks
from advice.intake.models import AdvicePolicy

POLICY = AdvicePolicy(starts_on=datetime.date(2010, 11, 17))


def uk(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=UK)


def test_two_working_days_keep_the_time_of_day():
    assert clocks.reply_due_at(uk(2027, 4, 6, 9, 2), POLICY) == uk(2027, 4, 8, 9, 2)


def test_friday_afternoon_is_due_on_tuesday():
    assert clocks.reply_due_at(uk(2027, 4, 9, 14, 12), POLICY) == uk(2027, 4, 13, 14, 12)


def test_what_comes_at_night_counts_from_the_morning():
    assert clocks.reply_due_at(uk(2027, 4, 5, 23, 0), POLICY) == uk(2027, 4, 7, 17, 0)


def test_bank_holidays_are_left_out_and_named():
    explained = clocks.explain(uk(2027, 3, 25, 15, 0), POLICY, [])
    assert explained.due_at == uk(2027, 3, 31, 15, 0)
    assert [name for _day, name in explained.left_out] == ["Good Friday", "Easter Monday"]


def test_a_wait_is_given_back():
    stop = Stop(uk(2027, 4, 6, 12, 0), uk(2027, 4, 7, 12, 0))
    assert clocks.reply_due_at(uk(2027, 4, 6, 10, 0), POLICY, [stop]) == uk(2027, 4, 9, 10, 0)


def move(after: str, hour: int) -> Event:
    return Event(after=after, at=uk(2027, 4, 6, hour))


def test_waits_are_read_from_the_events():
    moves = [
        move("with-adviser", 9),
        move("waiting-for-enquirer", 10),
        Event(after="", at=uk(2027, 4, 6, 10, 30)),
        move("with-adviser", 11),
        move("waiting-for-enquirer", 12),
    ]
    expected = [Stop(uk(2027, 4, 6, 10), uk(2027, 4, 6, 11))]
    assert clocks.stops_of(moves, after=uk(2027, 4, 6, 8)) == expected


def test_waits_before_the_clock_began_do_not_count():
    moves = [move("waiting-for-enquirer", 10), move("with-adviser", 12)]
    assert clocks.stops_of(moves, after=uk(2027, 4, 6, 13)) == []
    assert clocks.stops_of(moves, after=uk(2027, 4, 6, 11)) == [
        Stop(uk(2027, 4, 6, 11), uk(2027, 4, 6, 12))
    ]


@settings(deadline=None)
@given(
    st.integers(0, 1_000_000),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
)
def test_a_wait_never_makes_a_reply_due_earlier(start, begins, lasts):
    start = uk(2026, 1, 1, 0) + datetime.timedelta(minutes=start)
    first = start + datetime.timedelta(minutes=begins)
    stop = Stop(first, first + datetime.timedelta(minutes=lasts))
    assert clocks.reply_due_at(start, POLICY, [stop]) >= clocks.reply_due_at(start, POLICY)
