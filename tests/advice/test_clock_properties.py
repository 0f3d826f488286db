"""What must hold of the clocks of an enquiry, whatever comes when. Pure: no database."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.models import Event
from activity.worktime import UK, Stop
from advice.intake import clocks
from advice.intake.models import AdvicePolicy, Enquiry, Level

DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)
NAMES = {"starts_on": datetime.date(2010, 11, 17)}

# From before Easter 2026 to after New Year 2028: four changes of the clocks, two Easters, and the
# substitute days of Christmas 2026 and 2027.
moments = st.integers(0, 640 * 24 * 60).map(
    lambda minutes: datetime.datetime(2026, 3, 20, tzinfo=datetime.UTC) + minutes * MINUTE
)
days = st.integers(0, 640).map(lambda count: datetime.date(2026, 3, 20) + count * DAY)
lengths = st.one_of(st.just(0), st.integers(1, 60), st.integers(1, 20_000))
stops = st.builds(lambda at, minutes: Stop(at, at + minutes * MINUTE), moments, lengths)
levels = st.sampled_from(Level)


def uk(*parts):
    return datetime.datetime(*parts, tzinfo=UK)


def policy(closed_on=()):
    return AdvicePolicy(**NAMES, closed_on=list(closed_on))


def both(start, level, found, rules):
    made = Enquiry(policy=rules, level=level)
    clocks.set_due(made, start, found)
    return made.due_at, made.resolve_due_at


def near(start):
    """Stretches that may touch the clock: they begin within forty days of its start."""
    return st.builds(
        lambda minutes, lasts: Stop(start + minutes * MINUTE, start + (minutes + lasts) * MINUTE),
        st.integers(0, 40 * 24 * 60),
        lengths,
    )


@settings(deadline=None, max_examples=60)
@given(st.data(), moments, levels)
def test_a_pause_never_makes_anything_due_earlier(data, start, level):
    found = data.draw(st.lists(near(start), max_size=3))
    before = both(start, level, found, policy())
    after = both(start, level, [*found, data.draw(near(start))], policy())
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@settings(deadline=None, max_examples=60)
@given(st.data(), moments, levels, st.lists(days, max_size=3), st.integers(0, 30))
def test_a_day_of_closing_never_makes_anything_due_earlier(data, start, level, closed, later):
    found = data.draw(st.lists(near(start), max_size=2))
    before = both(start, level, found, policy(closed))
    one_more = start.astimezone(UK).date() + later * DAY
    after = both(start, level, found, policy([*closed, one_more]))
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@settings(deadline=None, max_examples=60)
@given(st.data(), moments, levels)
def test_pauses_of_no_length_and_those_told_twice_change_nothing(data, start, level):
    found = data.draw(st.lists(near(start), max_size=3))
    plain = both(start, level, found, policy())
    nothing = [Stop(stop.start, stop.start) for stop in found]
    assert both(start, level, [*found, *found, *nothing], policy()) == plain


@settings(deadline=None, max_examples=60)
@given(moments, levels)
def test_both_end_in_office_hours_and_the_answer_after_the_reply(start, level):
    due_at, resolve_due_at = both(start, level, [], policy())
    assert start < due_at <= resolve_due_at
    for at in (due_at, resolve_due_at):
        local = at.astimezone(UK)
        assert datetime.time(9) <= local.time() <= datetime.time(17)
        assert clocks.calendar_of(policy()).is_working(local.date())


@settings(deadline=None, max_examples=60)
@given(moments)
def test_more_work_is_never_due_earlier(start):
    ends = [both(start, level, [], policy())[1] for level in Level]
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # The clocks go forward on 28 March 2027, in the Easter week-end, and back on 31 October.
        (uk(2027, 3, 24, 11), uk(2027, 3, 30, 11)),
        (uk(2027, 10, 28, 11), uk(2027, 11, 1, 11)),
        # Christmas Day 2027 is a Saturday, so the Monday and the Tuesday stand for both.
        (uk(2027, 12, 23, 15), uk(2027, 12, 29, 15)),
        (uk(2027, 12, 31, 12), uk(2028, 1, 5, 12)),
    ],
)
def test_changes_of_the_clocks_easter_and_substitute_days(start, due):
    assert clocks.reply_due_at(start, policy()) == due


def test_the_days_that_were_left_out_are_named():
    explained = clocks.explain(uk(2027, 12, 23, 15), policy([datetime.date(2027, 12, 24)]), [])
    assert explained.due_at == uk(2027, 12, 30, 15)
    assert [day.day for day, _name in explained.left_out] == [24, 27, 28]
    assert explained.left_out[0][1] == "The line is closed"


def test_a_pause_across_closing_time_stops_only_office_hours():
    stop = Stop(uk(2027, 4, 6, 16), uk(2027, 4, 7, 10))
    assert clocks.reply_due_at(uk(2027, 4, 6, 10), policy(), [stop]) == uk(2027, 4, 8, 12)
    overnight = Stop(uk(2027, 4, 6, 17), uk(2027, 4, 7, 9))
    assert clocks.reply_due_at(uk(2027, 4, 6, 10), policy(), [overnight]) == uk(2027, 4, 8, 10)


def test_overlapping_pauses_count_once():
    two = [
        Stop(uk(2027, 4, 6, 11), uk(2027, 4, 6, 14)),
        Stop(uk(2027, 4, 6, 13), uk(2027, 4, 6, 15)),
    ]
    assert clocks.reply_due_at(uk(2027, 4, 6, 10), policy(), two) == uk(2027, 4, 8, 14)


def move(before, after, day):
    return Event(before=before, after=after, at=uk(2027, 4, day, 10))


def test_the_clocks_begin_anew_with_what_was_taken_up_again_and_not_after_a_wait():
    received = uk(2027, 4, 5, 10)
    events = [
        move("", "", 5),
        move("queued", "with-adviser", 6),
        move("with-adviser", "waiting-for-enquirer", 7),
        move("waiting-for-enquirer", "with-adviser", 8),
        move("with-adviser", "answered", 9),
    ]
    assert clocks.started_at(received, events) == received
    events.append(move("answered", "closed", 10))
    assert clocks.started_at(received, events) == received
    events.append(move("closed", "with-adviser", 12))
    assert clocks.started_at(received, events) == uk(2027, 4, 12, 10)


def test_only_the_enquirer_makes_it_stand_still():
    events = [
        move("with-adviser", "waiting-for-other", 6),
        move("waiting-for-other", "with-adviser", 8),
    ]
    assert clocks.stops_of(events, after=uk(2027, 4, 5)) == []
