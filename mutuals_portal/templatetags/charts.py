"""Charts in a page: each with a sentence for who cannot see it, and its table beside it.

Rows of a chart are a label and its amounts, as many as there are names; an amount that is not known
is None. unit: what the amounts count, "pounds" (whole pence), "number" or "percent". heading: what
the labels are. open: whether the table stands open. own_table: whether the page draws a fuller
one itself, straight after. unknown: what is said for None, where it is not "Not known".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from mutuals_portal import bars, charts, lines
from mutuals_portal.amounts import UNITS

register = template.Library()
WIDTHS = (charts.WIDE, charts.NARROW)
Row = Sequence[Any]


@register.inclusion_tag("components/charts/years.html")
def years_chart(
    title: str, sentence: str, labels: Sequence[str], amounts: Sequence[int], totals: Sequence[int]
) -> dict[str, Any]:
    """A bar for each year's pence and a line for the running total. title: what it shows."""
    drawn = [charts.year_chart(labels, amounts, totals, width) for width in WIDTHS]
    rows = list(zip(labels, amounts, totals, strict=True))
    return {"title": title, "sentence": sentence, "charts": drawn, "rows": rows}


@register.inclusion_tag("components/charts/waterfall.html")
def waterfall_chart(title: str, sentence: str, steps: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """From a first figure in pence, through what is taken off, to what is left."""
    drawn = [charts.waterfall(steps, width) for width in WIDTHS]
    return {"title": title, "sentence": sentence, "charts": drawn, "rows": steps}


@register.inclusion_tag("components/charts/tile_map.html")
def tile_map(title: str, sentence: str, counts: Mapping[str, int]) -> dict[str, Any]:
    """A tile for each nation and region of the UK with its count, by the codes of the register."""
    return {"title": title, "sentence": sentence, "tiles": charts.tile_map(counts)}


@register.inclusion_tag("components/charts/bars.html")
def bar_chart(
    title: str, sentence: str, rows: Sequence[Row], names: Sequence[str], **more: Any
) -> dict[str, Any]:
    """A bar for each amount; with two names, what was meant beside what became of it."""
    unit, pairs = more.get("unit", "number"), _pairs(rows)
    drawn = [bars.bars(pairs, width, unit, _unknown(more)) for width in WIDTHS]
    return _page(title, sentence, pairs, names, more) | {"charts": drawn}


@register.inclusion_tag("components/charts/stack.html")
def stacked_chart(
    title: str, sentence: str, rows: Sequence[Row], names: Sequence[str], **more: Any
) -> dict[str, Any]:
    """A bar for each row in up to four parts, which add up to it."""
    pairs = _pairs(rows)
    drawn = [bars.stack(pairs, width, more.get("unit", "number")) for width in WIDTHS]
    return _page(title, sentence, pairs, names, more) | {"charts": drawn}


@register.inclusion_tag("components/charts/lines.html")
def line_chart(
    title: str, sentence: str, rows: Sequence[Row], names: Sequence[str], **more: Any
) -> dict[str, Any]:
    """Up to three lines over the rows' labels, broken where an amount is not known."""
    pairs = _pairs(rows)
    labels = [label for label, _amounts in pairs]
    series = [[amounts[index] for _, amounts in pairs] for index in range(len(names))]
    unit = more.get("unit", "number")
    drawn = [lines.line_chart(labels, series, width, unit) for width in WIDTHS]
    return _page(title, sentence, pairs, names, more) | {"charts": drawn}


def _pairs(rows: Sequence[Row]) -> list[bars.Row]:
    return [(str(label), amounts) for label, *amounts in rows]


def _unknown(more: Mapping[str, Any]) -> str:
    return more.get("unknown") or _("Not known")


def _page(
    title: str,
    sentence: str,
    pairs: Sequence[bars.Row],
    names: Sequence[str],
    more: Mapping[str, Any],
) -> dict[str, Any]:
    """What the template of a chart needs besides its marks."""
    say = UNITS[more.get("unit", "number")]
    said = [
        (label, [_unknown(more) if each is None else say(each) for each in amounts])
        for label, amounts in pairs
    ]
    rows = [(label, list(zip(names, cells, strict=True))) for label, cells in said]
    return {
        "title": title,
        "sentence": sentence,
        "where": _("The figures are in the table below."),
        "heading": more.get("heading") or _("What"),
        "names": names,
        "rows": rows,
        "is_open": more.get("open", False),
        "own_table": more.get("own_table", False),
    }
