"""Which public pathfinders are like what a team writes about, and what they have in common."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    TrigramWordSimilarity,
)
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Concat
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.models import Nation
from activity.alike import About, Like
from activity.searching import LANGUAGE
from pathfinders.register.choices import Sector
from pathfinders.register.models import ParentBody, Pathfinder, PathfinderQuerySet

# Each way to be found brings so many rows at most, of which the closest are shown.
MOST_FOUND = 200
# So much of what a team typed is compared.
LETTERS, WORDS = 4_000, 40
# In how many words a text must agree that has nothing else in common.
ENOUGH_WORDS = 2
# Half of the letters of a name, in threes, stand in the other.
NAMES_ALIKE = 0.5
# Marks that nobody types stand round the words that both have.
BEGIN, END = "\x02", "\x03"
# Words of every service, which make none like another.
OF_EVERY = frozenset(
    [
        "about",
        "across",
        "after",
        "also",
        "area",
        "areas",
        "based",
        "because",
        "been",
        "before",
        "care",
        "could",
        "deliver",
        "each",
        "every",
        "example",
        "five",
        "four",
        "from",
        "have",
        "help",
        "helps",
        "into",
        "local",
        "main",
        "make",
        "more",
        "most",
        "mutual",
        "need",
        "needs",
        "other",
        "over",
        "part",
        "people",
        "place",
        "places",
        "provide",
        "provides",
        "public",
        "run",
        "runs",
        "service",
        "services",
        "seven",
        "some",
        "staff",
        "such",
        "support",
        "team",
        "teams",
        "than",
        "that",
        "their",
        "them",
        "there",
        "these",
        "they",
        "this",
        "those",
        "three",
        "through",
        "under",
        "until",
        "week",
        "weeks",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "will",
        "with",
        "work",
        "working",
        "works",
        "would",
        "year",
        "years",
        "your",
    ]
)


def find(about: About, most: int) -> list[Like]:
    """Published pathfinders that are close, closest first, in one query."""
    close = [_like(row, about) for row in _rows(about)]
    return [like for like in close if like is not None][:most]


def _rows(about: About) -> list[Any]:
    """The closest by words, service, region and name together."""
    wanted = _query(about)
    public = Pathfinder.objects.published().exclude(proposal_reference=about.reference)
    body = ParentBody.objects.filter(pathfinder=OuterRef("pk"), organisation=about.employer)
    ranked: Any = SearchRank(F("search_public"), wanted) if wanted is not None else Value(0.0)
    rows = public.filter(_found(public, about, wanted)).annotate(
        named=TrigramWordSimilarity(about.name, "name"),
        of_same_body=Exists(body),
        is_near=Case(When(_near(about), then=True), default=False, output_field=BooleanField()),
        marked=_marked(wanted) if wanted is not None else Value(""),
        close=ranked
        + Case(When(sector=about.sector or None, then=Value(0.4)), default=Value(0.0))
        + Case(When(_near(about), then=Value(0.2)), default=Value(0.0))
        + F("named") * Value(0.5),
    )
    return list(rows.order_by("-close", "-pk")[:MOST_FOUND])


def _found(public: PathfinderQuerySet, about: About, wanted: SearchQuery | None) -> Q:
    """Whatever is close in one way: each way brings so many at most, by an index of its own."""
    ways = [Q(name__trigram_word_similar=about.name)]
    if wanted is not None:
        ways.append(Q(search_public=wanted))
    if about.sector:
        ways.append(Q(sector=about.sector))
    first, *others = [public.filter(way).order_by().values("pk")[:MOST_FOUND] for way in ways]
    # One list of keys: of several joined by "or", every row would be read.
    return Q(pk__in=first.union(*others, all=True))


def _near(about: About) -> Q:
    """Where the employer is: its nation says it, in England the public entries of the same body."""
    if about.employer.nation != Nation.ENGLAND:
        return Q(regions__contains=[about.employer.nation])
    same = ParentBody.objects.filter(
        organisation=about.employer, pathfinder__published_at__isnull=False
    )
    region: Any = Func(F("pathfinder__regions"), function="unnest", output_field=CharField())
    return Q(regions__overlap=ArraySubquery(same.annotate(region=region).values("region")))


def _query(about: About) -> SearchQuery | None:
    """The telling words of what was typed, any of which may match in a name or a summary."""
    typed = f"{about.name} {about.words}"[:LETTERS].lower()
    words = [word for word in re.findall(r"[^\W\d_]{4,}", typed) if word not in OF_EVERY]
    if not words:
        return None
    any_of = " | ".join(f"{word}:AB" for word in list(dict.fromkeys(words))[:WORDS])
    return SearchQuery(any_of, config=LANGUAGE, search_type="raw")


def _marked(wanted: SearchQuery) -> SearchHeadline:
    """Name and summary with marks round the words that match."""
    return SearchHeadline(
        Concat("name", Value(" "), "summary"),
        wanted,
        config=LANGUAGE,
        start_sel=BEGIN,
        stop_sel=END,
        highlight_all=True,
    )


def _like(row: Any, about: About) -> Like | None:
    """A row with what it has in common; None when that is too little to be told."""
    words = list(dict.fromkeys(re.findall(f"{BEGIN}(.*?){END}", row.marked.lower())))
    same = bool(about.sector) and row.sector == about.sector
    alike = row.named >= NAMES_ALIKE
    if not (same or alike or row.of_same_body or len(words) >= ENOUGH_WORDS):
        return None
    places = ", ".join(filter(None, [row.reference, *row.places]))
    why = _why(row, words, same=same)
    return Like(row.name, row.get_absolute_url(), places, why)


def _why(row: Any, words: list[str], *, same: bool) -> str:
    """What both have in common, as a sentence of its parts."""
    parts = []
    if row.of_same_body:
        parts.append(_("came from your employer"))
    elif row.is_near:
        parts.append(_("same region"))
    if same:
        parts.append(_("same kind of service (%s)") % Sector(row.sector).label.lower())
    if words:
        named = get_text_list([f"“{word}”" for word in words[:3]], _("and"))
        parts.append(_("also speaks of %s") % named)
    if not parts:
        parts.append(_("a name like yours"))
    sentence = ", ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}"
