"""Other cases that may be of the same service: found in one query, and told apart in pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import BooleanField, ExpressionWrapper, F, JSONField, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.models import LineOf, Organisation, User
from activity.searching import MOST_RANKED, query
from proposals.draft.models import Proposal, Version

MOST = 10
# Words that are in the names of many services and tell none from another.
COMMON = {
    *("and", "care", "centre", "example", "for", "from", "local", "our", "project"),
    *("service", "services", "team", "the", "with"),
}
LEAST_LETTERS = 3
# So much of the words of the shorter title are in the other.
LIKE = 0.5


@dataclass(frozen=True)
class Likely:
    """A case that may be of the same service. why: what both have in common, in words."""

    case: Proposal
    why: str


def likely(case: Proposal, reader: User, areas: Iterable[str]) -> list[Likely]:
    """Cases that the reader may open and that may be of the same service, the newest first.

    Those of the same employer, or of one in its line, in the same sector; and those with a like
    title in one of the same areas or of the same employer. areas: those of this case.
    """
    mine, found = set(areas), []
    for other in _near(case, reader):
        why = _why(case, other, mine)
        if why:
            found.append(Likely(other, why))
    return sorted(found, key=lambda each: -each.case.pk)[:MOST]


def _why(case: Proposal, other: Any, mine: set[str]) -> str:
    if other.is_of_the_line and case.sector and other.sector == case.sector:
        return _("The same employer and sector")
    if not is_like(case.title, other.title):
        return ""
    if other.is_of_the_line:
        return _("The same employer and a like title")
    shared = sorted(mine & set(areas_in(other.places)))
    return _("A like title, in %(areas)s") % {"areas": ", ".join(shared)} if shared else ""


def _near(case: Proposal, reader: User) -> list[Any]:
    line = Organisation.objects.filter(pk=case.employer_id).annotate(body=LineOf("pk"))
    bodies = line.values("body")
    # As submitted: what a team changes since is not read before it is sent.
    frozen = Version.objects.filter(proposal=OuterRef("pk")).order_by("-number")
    places = frozen.values(places=_typed("sections", "service", "S7"))
    others = (
        Proposal.objects.of_officials(reader)
        .exclude(pk=case.pk)
        .select_related("employer")
        .annotate(
            places=Subquery(places[:1]),
            is_of_the_line=ExpressionWrapper(Q(employer__in=bodies), BooleanField()),
        )
    )
    parts = [others.filter(employer__in=bodies, sector=case.sector).order_by("-pk")[:MOST]]
    words = telling(case.title)
    if words:
        wanted = query(" or ".join(sorted(words)))
        few = others.filter(search_public=wanted).order_by().values("pk")[:MOST_RANKED]
        rank: Any = SearchRank(F("search_public"), wanted)
        parts.append(others.filter(pk__in=few).order_by(rank.desc(), "-pk")[:MOST])
    first, *more = parts
    found: dict[int, Any] = {each.pk: each for each in first.union(*more, all=True)}
    return list(found.values())


def _typed(*path: str) -> Any:
    """What a version holds under these keys."""
    found: Any = Cast("text", JSONField())
    for key in path:
        found = KeyTransform(key, found)
    return found


def areas_in(places: Any) -> list[str]:
    """The areas in what was typed as rows of them. Pure."""
    rows = places if isinstance(places, list) else []
    return [row["area"] for row in rows if isinstance(row, dict) and row.get("area")]


def telling(title: str) -> set[str]:
    """The words of a title that tell its service from others. Pure."""
    words = re.findall(r"\w+", title.casefold())
    return {word for word in words if len(word) >= LEAST_LETTERS and word not in COMMON}


def is_like(title: str, other: str) -> bool:
    """Whether two titles share half of the words that tell, of the one that has fewer. Pure."""
    here, there = telling(title), telling(other)
    fewer = min(len(here), len(there))
    return fewer > 0 and len(here & there) / fewer >= LIKE
