"""Searching in proposals: a team in its own, an official in those that they may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from activity.actors import holds
from activity.searching import MOST, Group, Hit, Reader, best
from proposals.draft import seeking
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import OFFICIALS
from proposals.draft.words import outside_label
from proposals.review.cases.narrowing import BY_RANK, MOST_RANKED
from proposals.review.cases.shelves import ARCHIVE, OPEN, SHELVES


def search(reader: Reader, words: str) -> Group:
    """Proposals of one's own team by name or reference, then cases by all that was submitted."""
    hits = list(_hits(reader, words))
    shown = Group(_("Proposals"), hits[:MOST], is_more=len(hits) > MOST)
    if not isinstance(reader, User) or not holds(reader, *OFFICIALS):
        return shown
    everything = f"{reverse('proposals:cases')}?{urlencode({'q': words})}"
    return replace(shown, all_path=everything, all_label=_("See all cases that match"))


def _hits(reader: Reader, words: str) -> Iterator[Hit]:
    if not isinstance(reader, User):
        return
    for found in best(Proposal.objects.of_team(reader).select_related("employer"), words):
        page = reverse("proposals:proposal", args=[found.reference])
        yield _hit(found, page, found.outside_status, outside_label(found))
    if not holds(reader, *OFFICIALS):
        return
    for found in _cases(reader, words):
        page = reverse("proposals:case", args=[found.reference])
        yield _hit(found, page, found.status, found.get_status_display())


def _cases(reader: User, words: str) -> list[Proposal]:
    """The cases that match best, at most one more than MOST; of many the newest, unranked.

    As the page of all cases finds them: by what was submitted, whichever shelf they are on.
    """
    cases = Proposal.objects.of_officials(reader).select_related("employer")
    try:
        found = seeking.seek(words)
    except ValidationError:
        return []
    # Of texts, not of what the reader may see: to count those would be one query more.
    texts = sum(len(sought.pks) if sought.is_all else MOST_RANKED + 1 for sought in found.values())
    is_few = texts <= MOST_RANKED
    order = BY_RANK if is_few else ARCHIVE.order
    rows = seeking.with_rank(cases, words) if is_few else cases
    lists = [
        found[shelf == OPEN].matching(rows.filter(status__in=shelf.statuses))
        for shelf in SHELVES.values()
    ]
    first, *others = [each.order_by(*order)[: MOST + 1] for each in lists]
    return list(first.union(*others, all=True).order_by(*order)[: MOST + 1])


def _hit(found: Proposal, path: str, status: str, label: str) -> Hit:
    about = f"{found.reference}, {found.employer}"
    return Hit(found.title, path, about, status=status, status_label=label)
