from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.money.savings import YEARS, Figures, remedies, savings

RATE = Decimal("0.035")
IN_HOUSE = (2_352_000, 2_304_960, 2_258_861, 2_213_684, 2_169_410)


def pence(*pounds):
    return tuple(100 * pound for pound in pounds)


CASE_A = Figures(
    baseline=240_000_000,
    in_house=pence(*IN_HOUSE),
    price=pence(2_300_000, 2_200_000, 2_110_000, 2_040_000, 1_980_000),
    management=pence(*[25_000] * 5),
    one_off=9_000_000,
)
CASE_B = Figures(
    baseline=240_000_000,
    in_house=pence(*IN_HOUSE),
    price=pence(2_340_000, 2_280_000, 2_210_000, 2_150_000, 2_100_000),
    management=pence(*[30_000] * 5),
    one_off=9_000_000,
)

# A billion pounds a year is far beyond any service, and sums of it stay exact.
amounts = st.integers(0, 100_000_000_000)
lines = st.tuples(*[amounts] * YEARS)
figures = st.builds(
    Figures, baseline=amounts, in_house=lines, price=lines, management=lines, one_off=amounts
)
rates = st.decimals(0, Decimal("0.5"), places=4)
years = st.integers(0, YEARS - 1)
steps = st.integers(1, 10_000_000)


def raised(line, year, step):
    return (*line[:year], line[year] + step, *line[year + 1 :])


def to_the_pound(value):
    return round(value / 100)


def test_case_a_of_the_guide_to_the_pound():
    saving = savings(CASE_A, RATE)

    assert saving.gross == pence(27_000, 79_960, 123_861, 148_684, 164_410)
    assert saving.net == 45_391_500
    assert to_the_pound(saving.present_value) == 390_444
    assert saving.payback_year == 2
    assert round(saving.share * 100, 2) == Decimal("4.02")
    assert saving.headline == 137_000_000
    assert saving.passes


def test_case_b_of_the_guide_fails_although_the_headline_looks_good():
    saving = savings(CASE_B, RATE)

    assert saving.gross == pence(-18_000, -5_040, 18_861, 33_684, 39_410)
    assert saving.running == pence(-108_000, -113_040, -94_179, -60_495, -21_085)
    assert saving.net == -2_108_500
    assert to_the_pound(saving.present_value) == -32_549
    assert saving.payback_year is None
    assert round(saving.share * 100, 2) == Decimal("-0.19")
    assert saving.headline == 92_000_000
    assert not saving.passes


def test_a_plan_that_saves_exactly_nothing_does_not_pass_but_pays_back():
    level = replace(CASE_B, price=CASE_B.in_house, management=pence(*[0] * 5), one_off=0)

    saving = savings(level, RATE)

    assert (saving.net, saving.passes, saving.payback_year) == (0, False, 1)


def test_share_is_unknown_where_staying_costs_nothing():
    assert savings(replace(CASE_A, in_house=(0,) * 5), RATE).share is None


def test_present_value_rounds_halves_away_from_nought():
    nothing = Figures(0, (0,) * 5, (0,) * 5, (0,) * 5, 0)
    half = replace(nothing, in_house=(3, 0, 0, 0, 0))
    quarter = Decimal("0.2")

    assert savings(half, quarter).present_value == 3  # 2.5
    assert savings(replace(nothing, price=(3, 0, 0, 0, 0)), quarter).present_value == -3
    assert savings(replace(nothing, price=(1, 0, 0, 0, 0)), quarter).present_value == -1


def test_remedies_of_case_b_are_the_least_that_would_do():
    saving = savings(CASE_B, RATE)

    found = remedies(saving)

    assert found.price_a_year == 421_701
    cheaper = tuple(price - found.price_a_year for price in CASE_B.price)
    assert savings(replace(CASE_B, price=cheaper), RATE).passes
    too_dear = tuple(price + 1 for price in cheaper)
    assert not savings(replace(CASE_B, price=too_dear), RATE).passes
    assert found.one_off_below == 6_891_500
    assert savings(replace(CASE_B, one_off=found.one_off_below - 1), RATE).passes
    assert not savings(replace(CASE_B, one_off=found.one_off_below), RATE).passes


def test_remedies_are_none_for_a_plan_that_saves():
    assert remedies(savings(CASE_A, RATE)) is None


def test_no_one_off_cost_is_low_enough_for_a_plan_that_costs_more_every_year():
    dear = replace(CASE_B, management=pence(*[300_000] * 5))

    assert remedies(savings(dear, RATE)).one_off_below is None


@pytest.mark.parametrize(
    "change",
    [
        {"in_house": (1, 2, 3, 4)},
        {"price": (1, 2, 3, 4, 5, 6)},
        {"management": (1, 2, 3, 4, -5)},
        {"baseline": -1},
        {"one_off": 1.5},
        {"baseline": True},
        {"price": (1, 2, 3, 4, Decimal(5))},
    ],
)
def test_figures_that_cannot_be_are_refused(change):
    with pytest.raises(ValueError, match="Every"):
        replace(CASE_A, **change)


@pytest.mark.parametrize("rate", ["-0.01", "1", "NaN", "Infinity"])
def test_a_rate_that_cannot_be_is_refused(rate):
    with pytest.raises(ValueError, match="part of one"):
        savings(CASE_A, Decimal(rate))


@given(figures, rates)
def test_parts_agree_with_one_another(entered, rate):
    saving = savings(entered, rate)

    assert saving.net == sum(saving.gross) - entered.one_off == saving.running[-1]
    assert saving.passes == (saving.net > 0)
    paid_back = [year for year, total in enumerate(saving.running, 1) if total >= 0]
    assert saving.payback_year == (paid_back[0] if paid_back else None)
    found = remedies(saving)
    assert (found is None) == saving.passes
    if found is not None:
        assert saving.net + YEARS * found.price_a_year > 0
        assert saving.net + YEARS * (found.price_a_year - 1) <= 0


@given(figures, rates, years, steps)
def test_a_dearer_price_never_helps(entered, rate, year, step):
    before = savings(entered, rate)
    after = savings(replace(entered, price=raised(entered.price, year, step)), rate)

    assert after.net == before.net - step
    assert after.headline == before.headline - step
    assert after.present_value <= before.present_value
    assert (after.payback_year or YEARS + 1) >= (before.payback_year or YEARS + 1)


@given(figures, rates, years, steps)
def test_management_counts_as_price_does_but_not_in_the_headline(entered, rate, year, step):
    dearer = savings(replace(entered, price=raised(entered.price, year, step)), rate)
    managed = savings(replace(entered, management=raised(entered.management, year, step)), rate)

    assert managed.net == dearer.net
    assert managed.present_value == dearer.present_value
    assert managed.headline == dearer.headline + step


@given(figures, rates, steps)
def test_a_one_off_cost_lowers_net_and_present_value_by_exactly_itself(entered, rate, step):
    before = savings(entered, rate)
    after = savings(replace(entered, one_off=entered.one_off + step), rate)

    assert after.net == before.net - step
    assert abs(after.present_value - (before.present_value - step)) <= 1
    assert after.gross == before.gross


@given(figures, rates, st.integers(1, 1000))
def test_scaling_every_figure_scales_the_result(entered, rate, times):
    def scaled(line):
        return tuple(times * amount for amount in line)

    larger = Figures(
        baseline=times * entered.baseline,
        in_house=scaled(entered.in_house),
        price=scaled(entered.price),
        management=scaled(entered.management),
        one_off=times * entered.one_off,
    )
    before, after = savings(entered, rate), savings(larger, rate)

    assert after.net == times * before.net
    assert after.headline == times * before.headline
    assert after.payback_year == before.payback_year
    assert after.share == before.share
    assert abs(after.present_value - times * before.present_value) <= times


@given(figures, st.permutations(range(YEARS)))
def test_the_order_of_years_matters_only_to_time(entered, order):
    def shuffled(line):
        return tuple(line[year] for year in order)

    mixed = replace(
        entered,
        in_house=shuffled(entered.in_house),
        price=shuffled(entered.price),
        management=shuffled(entered.management),
    )
    before, after = savings(entered, Decimal(0)), savings(mixed, Decimal(0))

    assert after.net == before.net == before.present_value == after.present_value
    assert sorted(after.gross) == sorted(before.gross)


@given(figures)
def test_a_later_saving_is_worth_less(entered):
    saving = savings(entered, RATE)

    if all(pence >= 0 for pence in saving.gross):
        assert saving.present_value <= saving.net
