"""Charts in a page: each with a sentence for who cannot see it, and its table beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from mutuals_portal import charts

register = template.Library()


@register.inclusion_tag("components/charts/years.html")
def years_chart(
    title: str, sentence: str, labels: Sequence[str], amounts: Sequence[int], totals: Sequence[int]
) -> dict[str, Any]:
    """A bar for each year's pence and a line for the running total. title: what it shows."""
    drawn = [charts.year_chart(labels, amounts, totals, w) for w in (charts.WIDE, charts.NARROW)]
    rows = list(zip(labels, amounts, totals, strict=True))
    return {"title": title, "sentence": sentence, "charts": drawn, "rows": rows}


@register.inclusion_tag("components/charts/waterfall.html")
def waterfall_chart(title: str, sentence: str, steps: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """From a first figure in pence, through what is taken off, to what is left."""
    drawn = [charts.waterfall(steps, width) for width in (charts.WIDE, charts.NARROW)]
    return {"title": title, "sentence": sentence, "charts": drawn, "rows": steps}


@register.inclusion_tag("components/charts/tile_map.html")
def tile_map(title: str, sentence: str, counts: Mapping[str, int]) -> dict[str, Any]:
    """A tile for each nation and region of the UK with its count, by the codes of the register."""
    return {"title": title, "sentence": sentence, "tiles": charts.tile_map(counts)}
