"""Bars and lines stand inside their drawing, where their numbers say, and their table says the same."""

from itertools import pairwise

import html5lib
import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal import amounts, bars, lines
from mutuals_portal.charts import LETTER, NARROW, WIDE

AMOUNTS = st.integers(-(10**14), 10**14)
MAYBE = st.one_of(st.none(), AMOUNTS)
WIDTHS = st.sampled_from([WIDE, NARROW])
PAIRS = st.lists(st.tuples(st.text(max_size=40), st.tuples(MAYBE, MAYBE)), min_size=1, max_size=6)
PARTS = st.lists(
    st.tuples(st.just("a"), st.lists(st.integers(0, 10**9), min_size=1, max_size=4)),
    min_size=1,
    max_size=6,
)


@given(PAIRS, WIDTHS)
def test_bars_with_their_words_stay_inside_and_begin_at_nought(rows, width):
    chart = bars.bars(rows, width)
    for group, (_, given_amounts) in zip(chart.groups, rows, strict=True):
        for bar, amount in zip(group.bars, given_amounts, strict=True):
            assert 0 <= bar.x <= bar.x + bar.width <= bar.text_x
            assert bar.text_x + LETTER * len(bar.said) <= width + 1
            assert 0 <= bar.y <= bar.y + bars.THICK <= chart.height
            assert bar.known == (amount is not None)
            end = bar.x + bar.width if bar.bad else bar.x
            assert end == pytest.approx(chart.zero, abs=0.2)
    for group in chart.groups:
        assert len(group.label) * bars.BOLD <= (chart.zero if width == WIDE else width)


def test_a_bar_is_as_long_as_its_share_and_one_not_known_has_no_length():
    chart = bars.bars([("a", (100, -50)), ("b", (None, 0))], WIDE, unknown="Not known")
    first, second = chart.groups[0].bars
    assert first.width == pytest.approx(2 * second.width, abs=0.2)
    assert (first.bad, second.bad) == (False, True)
    assert [bar.said for bar in chart.groups[1].bars] == ["Not known", "£0"]


def test_no_rows_and_nothing_but_noughts_can_be_drawn():
    assert bars.bars([], WIDE).groups == []
    assert bars.bars([("a", (0,))], NARROW).groups[0].bars[0].width == 0
    assert bars.stack([("a", (0, 0))], NARROW).groups[0].total == "0"
    assert lines.line_chart([], [[]], WIDE).lines[0].polylines == []


@given(PARTS, WIDTHS)
def test_parts_follow_each_other_and_end_at_their_sum(rows, width):
    chart = bars.stack(rows, width)
    for group, (_, parts) in zip(chart.groups, rows, strict=True):
        assert group.bars[0].x == chart.zero
        for before, after in zip(group.bars, group.bars[1:], strict=False):
            assert before.x + before.width == pytest.approx(after.x, abs=0.2)
        assert group.total == amounts.number(sum(parts))
        assert group.total_x + LETTER * len(group.total) <= width + 1
        for bar in group.bars:
            assert LETTER * len(bar.said) <= bar.width


@pytest.mark.parametrize("parts", [(1, None), (1, -1), (1, 2, 3, 4, 5)])
def test_parts_that_do_not_add_up_to_a_bar_are_refused(parts):
    with pytest.raises(ValueError, match="stacked bar"):
        bars.stack([("a", parts)], WIDE)


@given(st.lists(st.tuples(MAYBE, MAYBE, MAYBE), min_size=1, max_size=12), WIDTHS)
def test_lines_stay_inside_and_break_where_nothing_is_known(points, width):
    labels = [f"Year {n}" for n in range(len(points))]
    chart = lines.line_chart(labels, list(zip(*points, strict=True)), width)
    for line, given_amounts in zip(chart.lines, zip(*points, strict=True), strict=True):
        found = [point for run in line.runs for point in run]
        assert len(found) == sum(amount is not None for amount in given_amounts)
        assert all(chart.left <= x <= width and 0 <= y <= chart.height for x, y in found)
        assert all(line.runs)
    half = LETTER * max(map(len, labels)) / 2
    at = [x for x, _ in chart.labels]
    assert all(x + half <= width for x in at)
    assert all(after - before >= 2 * half for before, after in pairwise(at))
    assert chart.labels[-1][1] == labels[-1]


def test_a_line_goes_on_after_what_is_not_known():
    chart = lines.line_chart(["a", "b", "c", "d"], [[1, None, 3, 4]], WIDE)
    assert [len(run) for run in chart.lines[0].runs] == [1, 2]
    assert chart.lines[0].polylines[1].count(",") == 2


@pytest.mark.parametrize("series", [[[1]], [[1, 2]] * 4])
def test_lines_without_a_point_for_each_label_or_too_many_are_refused(series):
    with pytest.raises(ValueError, match="line chart"):
        lines.line_chart(["a", "b"], series, WIDE)


@pytest.mark.parametrize(
    ("unit", "amount", "said"),
    [
        ("pounds", 45_391_500, "£453,915"),
        ("pounds", -1, "−£0.01"),
        ("pounds", None, ""),
        ("number", -1_204, "−1,204"),
        ("percent", 61, "61%"),
    ],
)
def test_an_amount_is_written_as_pages_write_it(unit, amount, said):
    assert amounts.UNITS[unit](amount) == said


CHARTS = {
    "bar_chart": [("2012 to 2013", 2_700_000, 3_140_000), ("<b>2013</b>", 7_996_000, None)],
    "stacked_chart": [("April", 4, 0), ("<b>May</b>", 6, 2)],
    "line_chart": [("April", 4, 1), ("<b>May</b>", None, 2)],
}


@pytest.mark.parametrize("tag", CHARTS)
@pytest.mark.parametrize("is_open", [True, False])
def test_a_chart_is_a_picture_with_a_sentence_its_names_and_its_figures(tag, is_open):
    words = {"rows": CHARTS[tag], "names": ["promised", "delivered"], "open": is_open}
    written = '{% load charts %}{% chart "T" "S" rows names heading="Year" open=open %}'
    html = Template(written.replace("{% chart ", f"{{% {tag} ")).render(Context(words))
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    pictures = [svg for svg in tree.iter("{http://www.w3.org/2000/svg}svg") if svg.get("role")]
    assert len(pictures) == 2
    assert all(svg.get("aria-label").startswith("S ") for svg in pictures)
    assert "style=" not in html
    assert "<b>" not in html
    assert [cell.text for cell in tree.iter("th")][:3] == ["Year", "promised", "delivered"]
    shown = [cell.find("div").text for cell in tree.iter("td")]
    flat = [each for _, *row in CHARTS[tag] for each in row]
    assert shown == ["Not known" if each is None else amounts.number(each) for each in flat]
    assert ("<details" in html) != is_open


def test_one_series_has_no_names_beside_it():
    html = Template('{% load charts %}{% bar_chart "T" "S" rows names %}').render(
        Context({"rows": [("a", 1)], "names": ["Proposals"]})
    )
    assert "app-chart__keys" not in html
