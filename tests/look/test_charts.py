"""Every mark of a chart stands inside its drawing, where its number says."""

import html5lib
import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal import charts
from pathfinders.register.choices import Region

AMOUNTS = st.integers(-(10**14), 10**14)
WIDTHS = st.sampled_from([charts.WIDE, charts.NARROW])
YEARS = ["Start", "Year 1", "Year 2", "Year 3", "Year 4", "Year 5"]


def draw(tag: str, **words: object) -> str:
    return Template("{% load charts %}" + tag).render(Context(words))


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=6, max_size=6), WIDTHS)
def test_bars_and_line_stay_inside_and_share_one_scale(pairs, width):
    amounts, totals = zip(*pairs, strict=True)
    chart = charts.year_chart(YEARS, amounts, totals, width)
    zero = next(rule.y for rule in chart.rules if rule.is_zero)
    for bar in chart.bars:
        assert chart.left <= bar.x
        assert bar.x + bar.width <= width
        assert 0 <= bar.y <= bar.y + bar.height <= chart.height
        edge = bar.y if bar.amount > 0 else bar.y + bar.height
        assert (edge <= zero + 0.11) == (bar.amount >= 0) or bar.height < 0.2
    assert all(0 <= y <= chart.height for _x, y in chart.points)
    assert 2 <= len(chart.rules) <= 7


def test_a_bar_is_as_long_as_its_share():
    chart = charts.year_chart(["a", "b"], [100, -50], [100, 50], charts.WIDE)
    assert chart.bars[0].height == pytest.approx(2 * chart.bars[1].height, abs=0.2)
    assert [bar.bad for bar in chart.bars] == [False, True]


def test_nothing_but_noughts_can_be_drawn():
    chart = charts.year_chart(["a"], [0], [0], charts.NARROW)
    assert chart.bars[0].height == 0


@given(st.lists(AMOUNTS, min_size=1, max_size=5), WIDTHS)
def test_each_fall_begins_where_the_one_before_ended(amounts, width):
    steps = [("", amount) for amount in amounts] + [("left", sum(amounts))]
    chart = charts.waterfall(steps, width)
    for before, after in zip(chart.falls, chart.falls[1:], strict=False):
        assert min(abs(before.end - after.x), abs(before.end - after.x - after.width)) <= 1.1
    for fall in chart.falls:
        assert fall.x >= 0
        assert fall.x + fall.width <= width + 1
    assert chart.falls[-1].bad == (sum(amounts) < 0)


@given(st.lists(AMOUNTS, min_size=1, max_size=5), WIDTHS)
def test_only_an_amount_inside_its_bar_is_drawn_in_white(amounts, width):
    for fall in charts.waterfall(
        [("", a) for a in amounts] + [("left", sum(amounts))], width
    ).falls:
        if fall.on_bar:
            assert fall.anchor == "end"
            assert fall.x < fall.text_x <= fall.x + fall.width


def test_a_small_headline_beside_a_large_loss_is_not_white_on_white():
    steps = [("Headline", 5_000_000), ("Taken off", -30_000_000), ("Net", -25_000_000)]
    headline = charts.waterfall(steps, charts.NARROW).falls[0]
    assert headline.text_x < headline.x
    assert not headline.on_bar


@pytest.mark.parametrize(
    ("span", "step"), [(0, 1), (4, 1), (5, 2), (199, 50), (200, 50), (201, 100), (90_000, 50_000)]
)
def test_rules_stand_at_round_amounts(span, step):
    assert charts.round_step(span) == step


def test_the_map_has_each_nation_and_region_once_and_the_fullest_is_darkest():
    tiles = {tile.code: tile for tile in charts.tile_map({"london": 6, "wales": 1})}
    assert len(tiles) == 12
    assert len({(tile.x, tile.y) for tile in tiles.values()}) == 12
    assert (tiles["london"].shade, tiles["wales"].shade, tiles["scotland"].shade) == (4, 1, 0)
    assert {tile.shade for tile in charts.tile_map({})} == {0}


def test_the_map_knows_the_places_of_the_register():

    assert set(charts.PLACES) == set(Region.values)


CHARTS = {
    "years": ('{% years_chart "T" "S" labels amounts totals %}', {
        "labels": YEARS, "amounts": [-9_000_000, 1, 2, 3, 4, 5], "totals": [-9_000_000, 1, 2, 3, 4, 5],
    }),
    "waterfall": ('{% waterfall_chart "T" "S" steps %}', {
        "steps": [("<b>Headline</b>", 92_000_000), ("Off", -94_108_500), ("Net", -2_108_500)],
    }),
    "map": ('{% tile_map "T" "S" counts %}', {"counts": {"london": 6}}),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_a_picture_with_a_sentence_and_its_numbers(name):
    tag, words = CHARTS[name]
    html = draw(tag, **words)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    pictures = list(tree.iter("{http://www.w3.org/2000/svg}svg"))
    assert pictures
    assert all(svg.get("role") == "img" and svg.get("aria-label").startswith("S ") for svg in pictures)  # fmt: skip
    assert "style=" not in html
    assert "<b>" not in html


def test_the_table_of_a_chart_says_the_same_as_the_chart():
    tag, words = CHARTS["waterfall"]
    html = draw(tag, **words)
    assert html.count("−£21,085") == 3
