"""What was decided of like services: outcomes whose letters have gone, with their reasons in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchRank
from django.db.models import F, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from activity.searching import MOST_RANKED, query
from proposals.decision.models import Condition, Reason
from proposals.draft.models import Exemption, Proposal, Status
from proposals.draft.models.proposal import DECIDED_OUTCOMES, ProposalQuerySet
from proposals.review.likeness import is_like, telling

# What everybody concerned knows by now. All that leads up to it is known to its own officials alone.
OUT = (*DECIDED_OUTCOMES, Status.EXEMPT)
MOST = 10


@dataclass(frozen=True)
class Precedent:
    """A decided case. why: what is alike; reasons: grounds or the rule, in plain words."""

    case: Proposal
    why: str
    reasons: list[str]
    conditions: int

    @property
    def decided_at(self) -> datetime.datetime:
        """When its outcome went out."""
        return self.case.released_at or self.case.status_at


def of_like_services(case: Proposal, reader: User) -> list[Precedent]:
    """What was decided of services like this one, of cases that the reader may open; in one query.

    Of the same sector with a like title first, then a like title, then the same sector; the newest
    of each first. A case that is closed to the reader is not among them, nor counted.
    """
    found = [(other, _likeness(case, other)) for other in _near(case, reader)]
    alike = [(other, close) for other, close in found if close]
    alike.sort(key=lambda each: (-each[1], -each[0].pk))
    return [_precedent(other, close) for other, close in alike[:MOST]]


def _precedent(other: Any, close: int) -> Precedent:
    words = {
        3: _("The same sector and a like title"),
        2: _("A like title"),
        1: _("The same sector"),
    }
    is_exempt = other.status == Status.EXEMPT
    reasons = other.rules if is_exempt else other.grounds
    return Precedent(other, words[close], reasons, 0 if is_exempt else len(other.terms))


def _likeness(case: Proposal, other: Proposal) -> int:
    is_of_sector = case.sector != "" and case.sector == other.sector
    return 2 * is_like(case.title, other.title) + is_of_sector


def _near(case: Proposal, reader: User) -> list[Any]:
    """Those of the same sector that came last, and those whose titles have most words in common.

    Two bounded searches, each by its index: of words that very many have, any so many are ranked.
    """
    out = _with_reasons(Proposal.objects.of_officials(reader).filter(status__in=OUT))
    out = out.exclude(pk=case.pk).select_related("employer")
    parts = []
    if case.sector:
        parts.append(out.filter(sector=case.sector).order_by("-submitted_at", "-pk")[:MOST])
    if words := telling(case.title):
        wanted = query(" or ".join(sorted(words)))
        few = out.filter(search_public=wanted).order_by().values("pk")[:MOST_RANKED]
        rank: Any = SearchRank(F("search_public"), wanted)
        parts.append(out.filter(pk__in=few).order_by(rank.desc(), "-pk")[:MOST])
    if not parts:
        return []
    first, *more = parts
    found: dict[int, Any] = {each.pk: each for each in first.union(*more, all=True)}
    return list(found.values())


def _with_reasons(cases: ProposalQuerySet) -> ProposalQuerySet:
    """Cases with the wordings of their grounds, their conditions, and the rule of an exemption.

    Of decisions whose letter has gone. No words of an official are among them.
    """
    sent = {
        "recommendation__decisions__proposal": OuterRef("pk"),
        "recommendation__decisions__released_at__isnull": False,
    }
    grounds = Reason.objects.filter(**sent).order_by("code__code")
    terms = Condition.objects.filter(**sent).order_by("pk")
    rules = Exemption.objects.confirmed().filter(proposal=OuterRef("pk")).order_by("-pk")
    return cases.annotate(
        grounds=ArraySubquery(grounds.values("code__wording")),
        terms=ArraySubquery(terms.values("pk")),
        rules=ArraySubquery(rules.values("rule__wording")[:1]),
    )
