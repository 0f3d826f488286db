"""Searching in proposals: a team in its own, an official in those that they may open."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.postgres.search import SearchVector
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from activity.actors import holds
from activity.searching import LANGUAGE, MOST, Group, Hit, Reader, best, query
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import OFFICIALS
from proposals.draft.words import outside_label

# Employers that are looked at: a word in the names of more is no way to find a case.
MOST_BODIES = 50


def search(reader: Reader, words: str) -> Group:
    """Proposals by name or reference, cases by their employer too; those of one's own team first."""
    hits = list(_hits(reader, words))
    return Group(_("Proposals"), hits[:MOST], is_more=len(hits) > MOST)


def _hits(reader: Reader, words: str) -> Iterator[Hit]:
    if not isinstance(reader, User):
        return
    for found in best(Proposal.objects.of_team(reader).select_related("employer"), words):
        page = reverse("proposals:proposal", args=[found.reference])
        yield _hit(found, page, found.outside_status, outside_label(found))
    if not holds(reader, *OFFICIALS):
        return
    cases = Proposal.objects.of_officials(reader).select_related("employer")
    for found in best(cases, words, also=Q(employer__in=_bodies(words))):
        page = reverse("proposals:case", args=[found.reference])
        yield _hit(found, page, found.status, found.get_status_display())


def _bodies(words: str) -> list[int]:
    """The employers whose name matches; as keys, for an index finds their proposals by them."""
    named = Organisation.objects.annotate(words=SearchVector("name", config=LANGUAGE))
    return list(named.filter(words=query(words)).values_list("pk", flat=True)[:MOST_BODIES])


def _hit(found: Proposal, path: str, status: str, label: str) -> Hit:
    about = f"{found.reference}, {found.employer}"
    return Hit(found.title, path, about, status=status, status_label=label)
