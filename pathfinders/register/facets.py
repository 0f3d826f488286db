"""The ways to narrow the list, with counts that cost the same at any size."""

from __future__ import annotations

import operator
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activity import counting
from activity.chips import address
from pathfinders.register.choices import STAGES, Form, Region, Sector, Status
from pathfinders.register.models import PathfinderQuerySet

NOT_KNOWN = "not-known"

# name in the address -> (heading, choices)
FACETS: dict[str, tuple[str | Promise, Any]] = {
    "stage": (_("Stage, our reading"), Status),
    "sector": (_("Service, our reading"), Sector),
    "place": (_("Nation or region, our reading"), Region),
    "form": (_("Form as stated"), Form),
}


@dataclass(frozen=True)
class Value:
    """One way to narrow a list: its code, its words, how many it leaves, its address."""

    code: str
    label: str
    count: int | None
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """A heading and the values under it."""

    name: str
    heading: str
    values: list[Value]


@dataclass(frozen=True)
class Facets:
    """How many rows match, counted up to one more than `counting.MOST`, and the ways to narrow.

    pks: the rows themselves, or None when there are more. places: how many work in each nation or
    region; {} when there are more.
    """

    total: int
    facets: list[Facet]
    pks: list[int] | None
    places: dict[str, int]

    @property
    def found(self) -> str:
        """How many rows match, as the page says it."""
        return counting.in_words(self.total)

    @property
    def places_sentence(self) -> str:
        """What a map of the places shows, for those who cannot see it."""
        known = {code: count for code, count in self.places.items() if code != NOT_KNOWN}
        if not known:
            return gettext("No place is known.")
        place, count = max(known.items(), key=operator.itemgetter(1))
        words = gettext(
            "A tile for each nation and region of the UK with its number of pathfinders. "
            "%(place)s has the most: %(count)d."
        )
        return words % {"place": Region(place).label, "count": count}


def choices(name: str) -> list[tuple[str, str]]:
    """The codes and words of a facet, with the one for what no source says."""
    return [*FACETS[name][1].choices, (NOT_KNOWN, _("Not known"))]


def narrowed(found: PathfinderQuerySet, chosen: dict[str, str]) -> PathfinderQuerySet:
    """The rows that match every facet chosen."""
    for name, code in chosen.items():
        if code:
            found = found.filter(**_lookup(name, code))
    return found


def _lookup(name: str, code: str) -> dict[str, Any]:
    if name == "stage":
        if code == NOT_KNOWN:
            return {"stage_known": False, "status__in": STAGES}
        return {"status": code} | ({"stage_known": True} if code in STAGES else {})
    if name == "place":
        return {"regions__len": 0} if code == NOT_KNOWN else {"regions__contains": [code]}
    return {name: "" if code == NOT_KNOWN else code}


def facets_of(found: PathfinderQuerySet, chosen: dict[str, str], here: QueryDict) -> Facets:
    """Count what was found, in one query that stops at a bound; beyond it no single count is told.

    here: the filters of the page's own address, which every other filter keeps.
    """
    columns = ("pk", "status", "stage_known", "sector", "regions", "form")
    rows = list(found.order_by().values_list(*columns)[: counting.MOST + 1])
    more = len(rows) > counting.MOST
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for _pk, status, stage_known, sector, regions, form in rows:
        shown = stage_known or status not in STAGES
        counts["stage"][status if shown else NOT_KNOWN] += 1
        counts["sector"][sector or NOT_KNOWN] += 1
        counts["place"].update(regions or [NOT_KNOWN])
        counts["form"][form or NOT_KNOWN] += 1
    facets = [
        Facet(
            name=name,
            heading=str(heading),
            values=[
                Value(
                    code=code,
                    label=str(label),
                    count=None if more else counts[name][code],
                    is_chosen=code == chosen.get(name),
                    address=address(here, name, None if code == chosen.get(name) else code),
                )
                for code, label in choices(name)
                if more or counts[name][code] or code == chosen.get(name)
            ],
        )
        for name, (heading, _choices) in FACETS.items()
    ]
    shown = [facet for facet in facets if facet.values]
    return Facets(
        total=len(rows),
        facets=shown,
        pks=None if more else [row[0] for row in rows],
        places={} if more else dict(counts["place"]),
    )
