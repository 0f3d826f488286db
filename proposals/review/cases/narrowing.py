"""The cases that filters leave, of those that their reader may see."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Func, Q, TextField, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from activity import clock, counting
from proposals.draft import seeking
from proposals.draft.models import ProposalQuerySet, Status
from proposals.draft.models.proposal import nobody_answers
from proposals.review import queue
from proposals.review.cases.forms import LATE, ME, NOBODY, FilterForm
from proposals.review.cases.shelves import OPEN, OWN, SHELVES, Shelf

# Ranking reads every match with all its words, so of more the shelf's own order is kept.
MOST_RANKED = 300
BY_RANK = ("-rank", "-pk")
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Found:
    """The cases that were found on a shelf, in their order. count: up to the bound of `counting`."""

    rows: ProposalQuerySet
    order: tuple[str, ...]
    in_order: str | Promise
    count: int


def found_by(
    form: FilterForm, visible: ProposalQuerySet, reader: User
) -> tuple[Found, dict[str, int]]:
    """The cases that the filters leave, and how many each shelf has of them.

    Few that have the words are ranked; of many, none is read for that.
    """
    lists = {key: of_shelf(shelf, visible, form, reader) for key, shelf in SHELVES.items()}
    shelf, found = form.shelf, form.sought
    if found is None:
        counts = counting.counts(lists)
        return Found(lists[shelf.key], shelf.order, shelf.in_order, counts[shelf.key]), counts
    parts = {key: (rows, found[key == OPEN.key]) for key, rows in lists.items()}
    counts = seeking.counts(parts)
    sought, count = found[shelf == OPEN], counts[shelf.key]
    rows = sought.matching(lists[shelf.key])
    if 1 < count <= MOST_RANKED:
        ranked = seeking.with_rank(rows, sought.words)
        return Found(ranked, BY_RANK, _("The best match first"), count), counts
    return Found(rows, shelf.order, shelf.in_order, count), counts


def of_shelf(
    shelf: Shelf, visible: ProposalQuerySet, form: FilterForm, reader: User
) -> ProposalQuerySet:
    """The cases of a shelf that the filters leave, but for words; one not shown has none of its own."""
    found = visible.filter(status__in=shelf.statuses)
    for name, value in form.chosen.items():
        if name in BY_NAME and (shelf == form.shelf or name not in OWN):
            found = found.filter(BY_NAME[name](value, reader))
    return found


def _lead(code: str, reader: User) -> Q:
    """Whoever opens the address is "me": it is shared, and so is what it is meant to find."""
    if code == NOBODY:
        return nobody_answers()
    return Q(lead_reviewer=reader) if code == ME else Q(lead_reviewer__email=code)


def _due(code: str, reader: User) -> Q:
    """Those whose clock stands still are neither late nor due soon."""
    today = clock.today()
    runs = ~Q(status=Status.CHANGES_REQUESTED)
    if code == LATE:
        return runs & Q(due_on__lt=today)
    return runs & Q(due_on__gte=today, due_on__lte=queue.soon(today))


def _department(slug: str, reader: User) -> Q:
    """Its own staff, and that of the bodies that answer to it."""
    bodies = Organisation.objects.filter(Q(slug=slug) | Q(department__slug=slug))
    return Q(employer__in=bodies.values("pk"))


def _employer(words: str, reader: User) -> Q:
    """Bodies with these words in a name, as the register finds bodies: in plain letters."""
    plain = Func(Value(words), function="portal_plain", output_field=TextField())
    named = Organisation.objects.annotate(asked=plain).exclude(asked="")
    return Q(employer__in=named.filter(findable__contains=plain).values("pk"))


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


BY_NAME: dict[str, Callable[[Any, User], Q]] = {
    "status": lambda codes, reader: Q(status__in=codes),
    "sector": lambda code, reader: Q(sector=code),
    "lead": _lead,
    "due": _due,
    "department": _department,
    "employer": _employer,
    "since": lambda day, reader: Q(submitted_at__gte=_midnight(day)),
    "until": lambda day, reader: Q(submitted_at__lt=_midnight(day + ONE_DAY)),
}
