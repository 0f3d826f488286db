"""Whether a mutual would survive, and how far its saving moves: exact to the penny."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.money.books import (
    MAIN,
    Books,
    is_short_of_contingency,
    survival,
    with_less_income,
    without_indexation,
)
from proposals.money.doubts import Doubt, of_books, of_purses, of_saving
from proposals.money.savings import YEARS, Figures
from proposals.money.sensitivity import efficiency, moves
from tests.proposals.test_savings import CASE_A, CASE_B, pence

amounts = st.integers(0, 10_000_000_000)
cash = st.integers(-10_000_000_000, 10_000_000_000)
row = st.tuples(*[amounts] * YEARS)
some_books = st.builds(
    Books,
    income=st.fixed_dictionaries({MAIN: row, "grants": row}),
    costs=st.fixed_dictionaries({"pay": row, "contingency": row}),
    lowest=cash,
    closing=st.tuples(*[cash] * YEARS),
)
some_figures = st.builds(
    Figures, baseline=amounts, in_house=row, price=row, management=row, one_off=amounts
)
rates = st.fractions(0, Fraction(1, 2), max_denominator=1000)
SOUND = Books(
    income={MAIN: CASE_B.price, "fees": pence(*[300_000] * 5)},
    costs={
        "pay": pence(2_545_000, 2_485_000, 2_417_000, 2_360_000, 2_312_000),
        "contingency": pence(55_000, 55_000, 55_000, 52_000, 50_000),
    },
    lowest=6_100_000,
    closing=pence(246_000, 286_000, 324_000, 362_000, 400_000),
)


def test_the_books_of_the_guides_third_year():
    found = survival(SOUND)

    assert found.surplus == pence(40_000, 40_000, 38_000, 38_000, 38_000)
    assert (found.low_point, found.low_year) == (6_100_000, 1)
    assert found.days == (34, 41, 47, 54, 61)
    assert found.least_days == 34
    assert found.dependence[2] == Fraction(221, 251)
    assert found.deficits == 0
    assert of_books(SOUND) == []


def test_a_tenth_less_income_is_missing_in_surplus_and_cash():
    found = survival(with_less_income(SOUND))

    assert found.surplus[2] == 3_800_000 - 25_100_000
    assert found.lowest == 6_100_000 - 26_400_000
    assert with_less_income(SOUND).closing[1] == 28_600_000 - 26_400_000 - 25_800_000
    assert found.days == (0, 0, 0, 0, 0)
    assert found.dependence == survival(SOUND).dependence


def test_a_price_that_never_rises_loses_inflation_from_the_second_year_on():
    shocked = without_indexation(SOUND, Fraction(2, 100))

    assert shocked.income[MAIN][:3] == (234_000_000, 223_529_412, 212_418_301)
    assert shocked.income["fees"] == SOUND.income["fees"]
    assert shocked.lowest == SOUND.lowest
    assert shocked.closing[1] == SOUND.closing[1] - (228_000_000 - 223_529_412)
    assert without_indexation(SOUND, Fraction(0)) == SOUND


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        (
            {"costs": {"pay": pence(*[2_700_000] * 5), "contingency": pence(*[60_000] * 5)}},
            Doubt.DEFICITS,
        ),
        ({"lowest": -1}, Doubt.CASH),
        ({"closing": pence(246_000, 286_000, -1, 362_000, 400_000)}, Doubt.CASH),
        ({"closing": pence(200_000, 286_000, 324_000, 362_000, 400_000)}, Doubt.RESERVES),
        ({"income": {MAIN: pence(*[2_700_000] * 5)}}, Doubt.DEPENDENCE),
        ({"costs": {"pay": pence(*[2_300_000] * 5)}}, Doubt.CONTINGENCY),
    ],
)
def test_each_sign_that_it_would_not_survive_is_told(changes, doubt):
    assert doubt in of_books(replace(SOUND, **changes))


def test_the_bounds_themselves_are_no_sign():
    one_deficit = {"pay": (26_500_000_000, 0, 0, 0, 0), "contingency": pence(*[10_000_000] * 5)}
    assert Doubt.DEFICITS not in of_books(
        replace(SOUND, costs=one_deficit, income={MAIN: pence(*[20_000_000] * 5)})
    )
    ninety = {MAIN: pence(*[2_250_000] * 5), "fees": pence(*[250_000] * 5)}
    assert Doubt.DEPENDENCE not in of_books(replace(SOUND, income=ninety))
    assert not is_short_of_contingency({"pay": (100,) * 5, "contingency": (2,) * 5})
    assert is_short_of_contingency({"pay": (101,) * 5, "contingency": (2,) * 5})


def test_without_income_or_costs_nothing_is_divided_by_nought():
    nothing = Books(income={}, costs={}, lowest=0, closing=(0,) * 5)
    found = survival(nothing)

    assert (found.days, found.dependence, found.least_days) == ((None,) * 5, (None,) * 5, None)
    assert of_books(nothing) == []
    assert without_indexation(nothing, Fraction(1, 50)).income == {MAIN: (0,) * 5}


@pytest.mark.parametrize(
    "changes",
    [{"closing": (1, 2)}, {"income": {MAIN: (1, 2, 3)}}, {"costs": {"pay": (1, 2, 3, 4, -5)}}],
)
def test_books_that_cannot_be_are_refused(changes):
    with pytest.raises(ValueError, match=r"five years|nought or more"):
        replace(SOUND, **changes)


@pytest.mark.slow
@given(some_books, rates)
def test_no_shock_makes_a_mutual_richer(books, inflation):
    planned = survival(books)
    for shocked in (with_less_income(books), without_indexation(books, inflation)):
        found = survival(shocked)
        assert all(a <= b for a, b in zip(found.surplus, planned.surplus, strict=True))
        assert found.lowest <= planned.lowest
        assert found.low_point <= planned.low_point
        lost = sum(planned.surplus) - sum(found.surplus)
        assert shocked.closing[-1] == books.closing[-1] - lost


@given(some_books, st.integers(0, YEARS - 1), st.integers(1, 10_000_000))
def test_a_cost_lowers_the_surplus_of_its_year_by_exactly_itself(books, year, more):
    pay = books.costs["pay"]
    dearer = {**books.costs, "pay": (*pay[:year], pay[year] + more, *pay[year + 1 :])}
    before, after = survival(books), survival(replace(books, costs=dearer))

    assert after.surplus[year] == before.surplus[year] - more
    assert sum(after.surplus) == sum(before.surplus) - more
    assert after.low_point == before.low_point


def nets(figures):
    return {move.key: (move.worse, move.better) for move in moves(figures)}


def test_how_far_case_b_moves_as_in_the_guide():
    assert nets(CASE_B) == {
        "efficiency": (-35_776_000, 32_476_400),
        "price": (-13_188_500, 8_971_500),
        "management": (-4_608_500, 391_500),
        "one_off": (-3_908_500, -308_500),
    }
    assert [move.key for move in moves(CASE_B)] == ["efficiency", "price", "management", "one_off"]
    assert moves(CASE_B)[0].rates == (300, 100)


def test_efficiency_is_the_yearly_rate_from_todays_cost_to_that_of_the_fifth_year():
    assert efficiency(CASE_B) == 200
    assert efficiency(replace(CASE_B, in_house=(CASE_B.baseline,) * 5)) == 0
    dearer = tuple(CASE_B.baseline * 102**n // 100**n for n in range(1, 6))
    assert efficiency(replace(CASE_B, in_house=dearer)) == -200
    assert efficiency(replace(CASE_B, in_house=(0,) * 5)) == 10_000
    assert efficiency(replace(CASE_B, baseline=0)) is None
    assert "efficiency" not in nets(replace(CASE_B, baseline=0))


@given(some_figures)
def test_worse_is_never_better_than_planned_and_better_never_worse(figures):
    net = sum(figures.in_house) - sum(figures.price) - sum(figures.management) - figures.one_off
    found = moves(figures)

    assert all(move.worse <= net <= move.better for move in found)
    assert [move.spread for move in found] == sorted((m.spread for m in found), reverse=True)


@given(some_figures, st.integers(1, 10_000_000))
def test_a_one_off_cost_moves_every_result_by_exactly_itself_but_its_own(figures, more):
    before, after = nets(figures), nets(replace(figures, one_off=figures.one_off + more))

    for key in before.keys() - {"one_off"}:
        assert after[key] == tuple(net - more for net in before[key])


def test_classic_errors_of_a_saving():
    flat = (CASE_A.baseline,) * 5

    assert of_saving(CASE_A) == []
    assert of_saving(CASE_B) == [Doubt.HEADLINE]
    assert of_saving(replace(CASE_A, in_house=flat)) == [Doubt.FLAT]
    assert of_saving(replace(CASE_A, one_off=0)) == [Doubt.ONE_OFF]


def test_money_that_only_moves_between_purses():
    assert of_purses(CASE_B, 0, SOUND) == []
    helped = replace(SOUND, income={**SOUND.income, "other_public": pence(1, 0, 0, 0, 0)})
    assert of_purses(CASE_B, 0, helped) == [Doubt.PURSES]
    assert of_purses(replace(CASE_B, in_house=CASE_B.price), 0, helped) == []
    assert of_purses(CASE_B, 1, SOUND) == [Doubt.VAT]
    taxed = replace(SOUND, costs={**SOUND.costs, "vat": (1,) * 5})
    assert of_purses(CASE_B, 1, taxed) == []
    assert of_purses(CASE_A, 0, SOUND) == [Doubt.PRICE]
