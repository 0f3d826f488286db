from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from activity.worktime import (
    ENGLAND_AND_WALES,
    FIRST_YEAR,
    LAST_YEAR,
    NORTHERN_IRELAND,
    SCOTLAND,
    UK,
    CalendarEnded,
    Pause,
    Stop,
    Treated,
    calendar_for,
    due_at,
    due_on,
    explain,
    open_time,
    working_days_between,
)

ENGLAND = calendar_for(ENGLAND_AND_WALES)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
lengths = st.integers(1, 40)
spans = st.tuples(days, st.integers(0, 30))
pauses = st.builds(lambda span: Pause(span[0], span[0] + timedelta(span[1])), spans)
some_pauses = st.lists(pauses, max_size=3)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
minutes = st.integers(1, 3000)
stops = st.builds(
    lambda start, length: Stop(start, start + timedelta(minutes=length)),
    moments,
    st.integers(0, 9000),
)
some_stops = st.lists(stops, max_size=3)
# Stops that are near the start, or else they would hardly ever matter.
near = st.lists(st.tuples(st.integers(-600, 6000), st.integers(0, 3000)), max_size=4)


def stops_near(start, offsets):
    return [
        Stop(start + timedelta(minutes=begin), start + timedelta(minutes=begin + length))
        for begin, length in offsets
    ]


def at(*parts):
    return datetime(*parts, tzinfo=UK)


# --- The calendar --------------------------------------------------------------------------


def test_england_and_wales_share_their_holidays():
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    english, welsh = (country_holidays("GB", code, years=years) for code in ("ENG", "WLS"))

    assert dict(english) == dict(welsh)


def test_nations_differ():
    saint_andrew, boyne, easter = date(2026, 11, 30), date(2026, 7, 13), date(2026, 4, 6)

    assert not calendar_for(SCOTLAND).is_working(saint_andrew)
    assert not calendar_for(NORTHERN_IRELAND).is_working(boyne)
    assert ENGLAND.is_working(saint_andrew)
    assert ENGLAND.is_working(boyne)
    assert not ENGLAND.is_working(easter)
    assert calendar_for(SCOTLAND).is_working(easter)


def test_an_unknown_nation_is_refused():
    with pytest.raises(ValueError, match="no calendar of 'mercia'"):
        calendar_for("mercia")


def test_an_override_closes_a_day_or_opens_one():
    tuesday, saturday, good_friday = date(2026, 4, 7), date(2026, 4, 11), date(2026, 4, 3)
    ours = calendar_for(
        ENGLAND_AND_WALES, {tuesday: "Day of mourning", saturday: None, good_friday: None}
    )

    assert not ours.is_working(tuesday)
    assert ours.closure(tuesday) == "Day of mourning"
    assert ours.is_working(saturday)
    assert ours.is_working(good_friday)
    assert ours.closure(good_friday) is None


def test_a_weekend_needs_no_name_even_when_it_is_a_holiday():
    assert ENGLAND.closure(date(2026, 12, 26)) is None
    assert ENGLAND.closure(date(2026, 12, 25)) == "Christmas Day"


def test_an_office_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValueError, match="closes after it opens"):
        replace(ENGLAND, opens=time(17), closes=time(9))


@pytest.mark.parametrize("day", [date(2008, 12, 31), date(2061, 1, 1)])
def test_a_day_beyond_the_calendar_is_an_error_and_not_a_working_day(day):
    with pytest.raises(CalendarEnded, match="does not reach"):
        ENGLAND.is_working(day)


# --- Whole days ----------------------------------------------------------------------------


def test_the_day_of_receipt_is_not_counted():
    assert due_on(date(2026, 11, 2), 1, [], ENGLAND) == date(2026, 11, 3)
    assert due_on(date(2026, 11, 6), 1, [], ENGLAND) == date(2026, 11, 9)
    assert due_on(date(2026, 11, 7), 1, [], ENGLAND) == date(2026, 11, 9)


def test_twenty_days_over_easter_with_a_pause_explain_themselves():
    received, pause = date(2027, 3, 3), Pause(date(2027, 3, 15), date(2027, 3, 18))

    found = explain(received, 20, [pause], ENGLAND)

    assert found.due_on == due_on(received, 20, [pause], ENGLAND) == date(2027, 4, 8)
    assert found.paused_days == 4
    assert found.pauses == (pause,)
    assert found.left_out == (
        (date(2027, 3, 26), "Good Friday"),
        (date(2027, 3, 29), "Easter Monday"),
    )


def test_a_holiday_in_a_pause_and_a_pause_elsewhere_are_not_told():
    easter = Pause(date(2027, 3, 25), date(2027, 3, 30))
    before = Pause(date(2027, 3, 1), date(2027, 3, 3))
    after = Pause(date(2027, 6, 1), date(2027, 6, 3))

    found = explain(date(2027, 3, 3), 20, [before, easter, after], ENGLAND)

    assert found.left_out == ()
    assert found.pauses == (easter,)
    assert found.paused_days == 2


def test_days_left_are_counted():
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 27), [], ENGLAND) == 5
    assert working_days_between(date(2026, 11, 27), date(2026, 11, 20), [], ENGLAND) == 0


def test_less_than_a_day_and_a_pause_that_runs_backwards_are_refused():
    with pytest.raises(ValueError, match="At least one working day"):
        due_on(date(2026, 11, 2), 0, [], ENGLAND)
    with pytest.raises(ValueError, match="ends on or after"):
        Pause(date(2026, 11, 2), date(2026, 11, 1))


def test_an_endless_pause_runs_out_of_the_calendar():
    with pytest.raises(CalendarEnded):
        due_on(date(2060, 12, 1), 5, [Pause(date(2060, 12, 1), date(2060, 12, 31))], ENGLAND)


@given(days, lengths, some_pauses)
def test_due_day_is_a_working_day_outside_pauses_and_the_count_is_right(received, length, paused):
    due = due_on(received, length, paused, ENGLAND)

    assert due > received
    assert ENGLAND.is_working(due)
    assert not any(pause.first <= due <= pause.last for pause in paused)
    assert working_days_between(received, due, paused, ENGLAND) == length


@given(days, lengths, some_pauses, pauses)
def test_another_pause_never_makes_a_day_due_earlier(received, length, paused, another):
    before = due_on(received, length, paused, ENGLAND)

    assert due_on(received, length, [*paused, another], ENGLAND) >= before


@given(days, lengths, some_pauses, days)
def test_another_holiday_never_makes_a_day_due_earlier(received, length, paused, holiday):
    more = replace(ENGLAND, holidays={**ENGLAND.holidays, holiday: "Another"})
    closed = calendar_for(ENGLAND_AND_WALES, {holiday: "Closed"})
    before = due_on(received, length, paused, ENGLAND)

    assert due_on(received, length, paused, more) >= before
    assert due_on(received, length, paused, closed) >= before


@given(days, days, lengths)
def test_what_arrives_later_is_not_due_earlier(one, other, length):
    first, second = sorted((one, other))

    assert due_on(first, length, [], ENGLAND) <= due_on(second, length, [], ENGLAND)


@given(days, lengths, some_pauses)
def test_the_parts_of_an_explanation_add_up(received, length, paused):
    found = explain(received, length, paused, ENGLAND)

    weekdays = sum(
        (received + timedelta(n)).weekday() < 5
        for n in range(1, (found.due_on - received).days + 1)
    )
    in_pause = sum(
        ENGLAND.closure(received + timedelta(n)) is not None
        and any(p.first <= received + timedelta(n) <= p.last for p in paused)
        for n in range(1, (found.due_on - received).days + 1)
    )
    assert weekdays == length + found.paused_days + len(found.left_out) + in_pause


@given(days, lengths, some_pauses)
def test_the_stretches_of_an_explanation_are_every_day_once_and_count_what_was_asked(
    received, length, paused
):
    found = explain(received, length, paused, ENGLAND)

    told = [
        (each.first + timedelta(n), each)
        for each in found.stretches
        for n in range((each.last - each.first).days + 1)
    ]
    every = [received + timedelta(n) for n in range(1, (found.due_on - received).days + 1)]
    assert [day for day, _each in told] == every
    assert sum(each.counted for each in found.stretches) == length
    assert found.stretches[-1].so_far == length
    for day, each in told:
        is_paused = any(pause.first <= day <= pause.last for pause in paused)
        assert (each.treated == Treated.PAUSED) == is_paused
        assert each.name == ("" if is_paused else ENGLAND.closure(day) or "")


def test_easter_is_told_as_two_days_and_the_weekend_between():
    found = explain(date(2027, 3, 24), 2, [], ENGLAND)

    assert [
        (each.treated, each.name, each.first.day, each.last.day) for each in found.stretches
    ] == [
        (Treated.COUNTED, "", 25, 25),
        (Treated.CLOSED, "Good Friday", 26, 26),
        (Treated.WEEKEND, "", 27, 28),
        (Treated.CLOSED, "Easter Monday", 29, 29),
        (Treated.COUNTED, "", 30, 30),
    ]


def test_the_second_of_january_is_a_holiday_in_scotland_alone():
    eve = date(2026, 12, 31)  # a Thursday: the 1st is a Friday, the 2nd a Saturday

    assert due_on(eve, 1, [], ENGLAND) == date(2027, 1, 4)
    assert due_on(eve, 1, [], calendar_for(SCOTLAND)) == date(2027, 1, 5)
    assert not calendar_for(SCOTLAND).is_working(date(2026, 1, 2))


def test_a_holiday_at_a_weekend_is_kept_on_its_substitute_day():
    # Christmas Day 2027 is a Saturday and Boxing Day a Sunday; so is the first day of 2028.
    found = explain(date(2027, 12, 24), 5, [], ENGLAND)

    assert [day for day, _name in found.left_out] == [
        date(2027, 12, 27),
        date(2027, 12, 28),
        date(2028, 1, 3),
    ]
    assert found.due_on == date(2028, 1, 5)


def test_a_holiday_in_a_pause_takes_no_day_out_twice():
    easter = Pause(date(2027, 3, 25), date(2027, 3, 30))

    found = explain(date(2027, 3, 24), 1, [easter], ENGLAND)

    assert (found.due_on, found.paused_days, found.left_out) == (date(2027, 3, 31), 2, ())


# --- Office hours --------------------------------------------------------------------------


def test_minutes_run_in_office_hours_only():
    assert due_at(at(2026, 11, 2, 10, 30), 60, [], ENGLAND) == at(2026, 11, 2, 11, 30)
    assert due_at(at(2026, 11, 2, 16, 30), 60, [], ENGLAND) == at(2026, 11, 3, 9, 30)
    assert due_at(at(2026, 11, 2, 16, 0), 60, [], ENGLAND) == at(2026, 11, 2, 17, 0)
    assert due_at(at(2026, 11, 6, 22, 0), 1, [], ENGLAND) == at(2026, 11, 9, 9, 1)
    assert due_at(at(2026, 11, 2, 6, 0), 60, [], ENGLAND) == at(2026, 11, 2, 10, 0)


@pytest.mark.parametrize(
    ("friday", "monday"),
    [(date(2027, 3, 19), date(2027, 3, 22)), (date(2027, 10, 29), date(2027, 11, 1))],
)
def test_hours_stay_local_over_a_weekend(friday, monday):
    start = datetime.combine(friday, time(16), UK)

    assert due_at(start, 120, [], ENGLAND) == datetime.combine(monday, time(10), UK)


def test_spring_and_autumn_changes_move_utc_and_not_the_office():
    easter_weekend = at(2027, 3, 25, 16, 0)  # the clocks go forward on Easter Sunday
    autumn = at(2027, 10, 29, 16, 0)  # and back on 31 October

    spring_due = due_at(easter_weekend, 120, [], ENGLAND)
    autumn_due = due_at(autumn, 120, [], ENGLAND)

    assert spring_due == datetime(2027, 3, 30, 9, 0, tzinfo=UTC) == at(2027, 3, 30, 10, 0)
    assert autumn_due == datetime(2027, 11, 1, 10, 0, tzinfo=UTC) == at(2027, 11, 1, 10, 0)
    assert spring_due.tzinfo is UTC


def test_an_office_open_through_the_change_of_the_clocks_counts_real_hours():
    sundays = {date(2027, 3, 28): None, date(2027, 10, 31): None}
    night = calendar_for(ENGLAND_AND_WALES, sundays, opens=time(0), closes=time(6))

    assert due_at(at(2027, 3, 28, 0, 0), 5 * 60, [], night) == at(2027, 3, 28, 6, 0)
    assert due_at(at(2027, 10, 31, 0, 0), 7 * 60, [], night) == at(2027, 10, 31, 6, 0)


def test_an_office_that_opens_in_the_hour_that_does_not_exist_has_no_negative_hours():
    early = calendar_for(
        ENGLAND_AND_WALES, {date(2027, 3, 28): None}, opens=time(1, 30), closes=time(2)
    )

    assert due_at(at(2027, 3, 28, 0, 0), 1, [], early) == at(2027, 3, 30, 1, 31)


def test_overlapping_stops_count_once():
    start = at(2026, 11, 2, 9, 0)
    overlapping = [
        Stop(at(2026, 11, 2, 11, 0), at(2026, 11, 2, 13, 0)),
        Stop(at(2026, 11, 2, 10, 0), at(2026, 11, 2, 12, 0)),
        Stop(at(2026, 11, 2, 10, 30), at(2026, 11, 2, 11, 30)),
    ]

    assert due_at(start, 120, overlapping, ENGLAND) == at(2026, 11, 2, 14, 0)


def test_moments_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="At least one minute"):
        due_at(at(2026, 11, 2, 9, 0), 0, [], ENGLAND)
    with pytest.raises(ValueError, match="needs its zone"):
        due_at(datetime(2026, 11, 2, 9, 0), 1, [], ENGLAND)  # noqa: DTZ001
    with pytest.raises(ValueError, match="at or after its start"):
        Stop(at(2026, 11, 2, 9, 0), at(2026, 11, 2, 8, 0))


@given(moments, minutes, near)
def test_it_is_due_while_the_office_is_open(start, asked, offsets):
    stopped = stops_near(start, offsets)

    due = due_at(start, asked, stopped, ENGLAND)

    local = due.astimezone(UK)
    assert ENGLAND.is_working(local.date())
    assert time(9) < local.time() <= time(17)


@pytest.mark.slow
@given(st.integers(0, 20_000), st.integers(1, 500), near)
def test_minutes_agree_with_counting_them_one_by_one(offset, asked, offsets):
    # Around Easter and the change of the clocks, where most can go wrong.
    start = datetime(2027, 3, 18, tzinfo=UTC) + timedelta(minutes=offset)
    stopped = stops_near(start, offsets)

    moment, counted = start, 0
    while counted < asked:
        local = moment.astimezone(UK)
        counted += (
            ENGLAND.is_working(local.date())
            and time(9) <= local.time() < time(17)
            and not any(stop.start <= moment < stop.end for stop in stopped)
        )
        moment += timedelta(minutes=1)

    assert due_at(start, asked, stopped, ENGLAND) == moment


@given(moments, minutes, some_stops, stops, days)
def test_another_stop_or_holiday_never_makes_a_moment_earlier(start, asked, before, more, holiday):
    due = due_at(start, asked, before, ENGLAND)
    closed = calendar_for(ENGLAND_AND_WALES, {holiday: "Closed"})

    assert due_at(start, asked, [*before, more], ENGLAND) >= due
    assert due_at(start, asked, before, closed) >= due


@given(moments, minutes, st.lists(stops, max_size=3))
def test_what_is_due_is_due_when_the_office_was_open_for_so_long(start, length, paused):
    end = due_at(start, length, paused, ENGLAND)
    assert open_time(start, end, paused, ENGLAND) == timedelta(minutes=length)


def test_no_time_passes_before_a_start():
    monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert open_time(monday, monday - timedelta(days=1), [], ENGLAND) == timedelta()
