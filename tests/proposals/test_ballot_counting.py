"""The arithmetic of a vote: measures, verdict, and what is told by groups so that it tells on nobody."""

import datetime
import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.ballot.counting import (
    Count,
    is_yes,
    months_after,
    per_cent,
    share,
    told,
    written_as,
)
from proposals.ballot.models import Result
from proposals.ballot.words import verdict

LIMITS = {"least_turnout": 50, "least_share": 50}
LEAST = 10


def count(eligible, votes_for, votes_against, votes_blank=0):
    cast = votes_for + votes_against + votes_blank
    return Count(eligible, cast, votes_for, votes_against, votes_blank)


@st.composite
def counts(draw, most=60):
    votes = [draw(st.integers(0, most)) for _ in range(3)]
    return count(sum(votes) + draw(st.integers(0, most)), *votes)


@pytest.mark.parametrize(
    ("counted", "said_yes"),
    [
        (count(80, 41, 20), True),
        # As many as half voted, and one more for than against.
        (count(80, 21, 19), True),
        (count(81, 21, 19), False),
        # Half of the valid votes is not more than half.
        (count(80, 30, 30), False),
        # Blank votes count for the turnout and for neither side.
        (count(80, 2, 1, 37), True),
        (count(80, 0, 0, 80), False),
        (count(80, 0, 0), False),
        (count(0, 0, 0), False),
        # The one that is known: a turnout of 98 per cent, of which 97 per cent were against.
        (count(400, 12, 380), False),
    ],
)
def test_staff_say_yes_by_turnout_and_by_more_than_half(counted, said_yes):
    assert is_yes(counted, **LIMITS) == said_yes


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        (count(80, 41, 20), "Staff said yes."),
        (count(80, 20, 41), "too few of those who voted said yes."),
        (count(80, 20, 10), "Staff did not say yes: too few of them voted."),
        (count(80, 10, 20), "too few of them voted, and too few of those said yes."),
    ],
)
def test_a_no_says_for_want_of_what(counted, said):
    result = Result(**vars(counted), **LIMITS)
    assert verdict(result).endswith(said)


@given(counts(), st.integers(0, 100), st.integers(0, 99))
def test_the_verdict_is_that_of_exact_numbers(counted, least_turnout, least_share):
    said = is_yes(counted, least_turnout=least_turnout, least_share=least_share)
    turnout = share(counted.cast, counted.eligible)
    support = share(counted.votes_for, counted.valid)
    by_hand = (
        turnout is not None
        and support is not None
        and turnout >= Fraction(least_turnout, 100)
        and support > Fraction(least_share, 100)
    )
    assert said == by_hand


@given(counts())
def test_one_more_vote_for_never_turns_a_yes_into_a_no(counted):
    more = count(
        counted.eligible + 1, counted.votes_for + 1, counted.votes_against, counted.votes_blank
    )
    if is_yes(counted, **LIMITS):
        assert is_yes(more, **LIMITS)


def test_a_share_is_shown_as_people_read_it():
    assert per_cent(61, 80) == "76"
    assert per_cent(1, 8) == "13"
    assert per_cent(0, 8) == "0"
    assert per_cent(1, 0) == ""
    assert per_cent(199, 400, beside=50) == "49.8"
    assert per_cent(200, 400, beside=50) == "50"
    assert per_cent(100_001, 200_000, beside=50) == "50.001"


@given(st.integers(0, 20_000), st.integers(1, 20_000), st.integers(0, 100))
def test_what_is_shown_is_never_on_the_other_side_of_the_limit(part, whole, limit):
    part = min(part, whole)
    shown = Decimal(per_cent(part, whole, beside=limit))
    exact = Fraction(100 * part, whole)
    assert (Fraction(shown) > limit) == (exact > limit)
    assert (Fraction(shown) < limit) == (exact < limit)
    assert abs(Fraction(shown) - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("sizes", "written"),
    [
        ({"A": 12, "B": 30}, {"A": "A", "B": "B"}),
        ({"A": 30, "B": 6, "C": 5}, {"A": "A", "B": "rest", "C": "rest"}),
        ({"A": 30, "B": 9}, {"A": "A", "B": ""}),
        ({"A": 30, "": 12}, {"A": "A", "": "rest"}),
        ({"A": 30, "": 2, "B": 8}, {"A": "A", "": "rest", "B": "rest"}),
        ({"": 40}, {"": "rest"}),
        ({}, {}),
    ],
)
def test_small_groups_are_written_as_one_or_as_none(sizes, written):
    assert written_as(sizes, LEAST, "rest") == written


@given(st.dictionaries(st.text("ABCDEF", max_size=2), st.integers(1, 40)))
def test_no_group_of_few_is_ever_written(sizes):
    written = written_as(sizes, LEAST, "rest")
    assert written.keys() == sizes.keys()
    together = {}
    for group, name in written.items():
        together[name] = together.get(name, 0) + sizes[group]
    assert all(size >= LEAST for name, size in together.items() if name)
    assert together.get("", 0) < LEAST


def table(*rows):
    return {name: count(eligible, yes, no, blank) for name, eligible, yes, no, blank in rows}


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        (table(("A", 40, 20, 12, 0), ("B", 50, 25, 10, 5)), ["A", "B"]),
        # Fewer than ten against: and then the other one would give it away.
        (table(("A", 40, 30, 4, 0), ("B", 50, 25, 10, 5)), []),
        # Two that are hidden hide each other where together they are enough.
        (table(("A", 40, 30, 4, 0), ("B", 40, 25, 6, 0), ("C", 60, 30, 20, 0)), ["C"]),
        # Where they are not, the smallest that could be told hides with them.
        (
            table(("A", 12, 10, 0, 0), ("B", 12, 10, 1, 0), ("C", 60, 30, 20, 0), ("D", 90, 40, 40, 0)),
            ["D"],
        ),
        # Those whose group is not written are known by subtraction too.
        (table(("A", 40, 20, 12, 0), ("", 5, 5, 0, 0)), []),
        (table(("", 40, 20, 12, 0)), []),
        ({}, []),
    ],
)  # fmt: skip
def test_a_group_is_told_only_where_nothing_small_follows_from_it(groups, shown):
    assert told(groups, LEAST) == shown


@given(st.lists(counts(), max_size=6))
def test_no_sum_of_told_and_whole_gives_a_small_number(found):
    groups = dict(zip(["", *"ABCDE"], found, strict=False))
    shown = told(groups, LEAST)
    parts = [[groups[name]] for name in shown]
    rest = [each for name, each in groups.items() if name not in shown]
    if shown and any(each.eligible for each in rest):
        parts.append(rest)
    for part in parts:
        assert sum(each.votes_for for each in part) >= LEAST
        assert sum(each.not_for for each in part) >= LEAST
    # Nor does leaving out some of the told ones as well.
    for chosen in itertools.chain.from_iterable(
        itertools.combinations(parts, size) for size in range(1, len(parts) + 1)
    ):
        assert sum(each.votes_for for part in chosen for each in part) >= LEAST


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2027, 1, 15), 3, (2027, 4, 15)),
        ((2027, 11, 30), 3, (2028, 2, 29)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2027, 12, 1), 0, (2027, 12, 1)),
        ((2027, 9, 30), 3, (2027, 12, 30)),
    ],
)
def test_months_after_a_day(day, months, later):
    assert months_after(datetime.date(*day), months) == datetime.date(*later)
