"""Filters of all cases in words, and where each is taken off."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from activity import counting, dates
from activity.chips import Chip, changed, without
from proposals.draft.models import Proposal, Status
from proposals.review import queue
from proposals.review.cases.forms import FilterForm
from proposals.review.cases.models import SavedView
from proposals.review.cases.offered import Offered
from proposals.review.cases.shelves import OPEN, OWN, SHELVES, Shelf


def chips(form: FilterForm, here: QueryDict) -> list[Chip]:
    """The filters in use, each with the address of the list without it."""
    return list(_chips(form, here))


def _chips(form: FilterForm, here: QueryDict) -> Iterator[Chip]:
    for name, value in form.chosen.items():
        if name == "status":
            for code in value:
                yield Chip(form.label_of(name, code), without(here, name, code))
        else:
            yield Chip(_words(form, name, value), changed(here, **{name: []}))


def _words(form: FilterForm, name: str, value: object) -> str:
    if name == "q":
        return _("“%s”") % value
    if name == "employer":
        return _("Employer: “%s”") % value
    if name == "since":
        return _("Submitted from %s") % dates.in_words(form.cleaned_data[name])
    if name == "until":
        return _("Submitted until %s") % dates.in_words(form.cleaned_data[name])
    words = form.label_of(name, str(value))
    return _("Answers for it: %s") % words if name == "lead" else words


def with_urgency(rows: Iterable[Proposal], today: datetime.date) -> list[tuple[Proposal, str]]:
    """Each case with what its row is marked by: "late", "soon" or "". Open ones alone are due."""
    soon = queue.soon(today)
    return [(case, _urgency(case, today, soon)) for case in rows]


def _urgency(case: Proposal, today: datetime.date, soon: datetime.date) -> str:
    if case.promised_on is None or case.status == Status.CHANGES_REQUESTED:
        return ""
    if case.promised_on < today:
        return "late"
    return "soon" if case.promised_on <= soon else ""


def shelf_address(shelf: Shelf, here: QueryDict) -> str:
    """Another shelf with the same filters, but for those that only one has."""
    show = [] if shelf == OPEN else [shelf.key]
    return changed(here, show=show, **{name: [] for name in OWN})


def bare(shelf: Shelf) -> str:
    """A shelf without filters."""
    return shelf_address(shelf, QueryDict())


def shelves(
    form: FilterForm, here: QueryDict, counts: dict[str, int]
) -> list[tuple[Shelf, str, str, bool]]:
    """Each shelf with what it has, its address, and whether it is the one that is shown."""
    return [
        (
            shelf,
            counting.in_words(counts[shelf.key]),
            shelf_address(shelf, here),
            shelf == form.shelf,
        )
        for shelf in SHELVES.values()
    ]


@dataclass(frozen=True)
class ViewInWords:
    """What a saved view shows. is_stale: whether some of it can be read no longer."""

    shelf: Shelf
    filters: list[str]
    is_stale: bool


def view_in_words(view: SavedView, choices: Offered) -> ViewInWords:
    """The filters of a saved view as its page says them."""
    form = FilterForm(QueryDict(view.filters), choices)
    is_whole = form.is_valid()
    return ViewInWords(form.shelf, in_words(form), is_stale=not is_whole)


def in_words(form: FilterForm) -> list[str]:
    """The filters in use, without their links."""
    return [chip.label for chip in chips(form, QueryDict())]


def filters_of(form: FilterForm) -> str:
    """The filters that can be read, as an address says them after its question mark."""
    query = QueryDict(mutable=True)
    if form.shelf != OPEN:
        query["show"] = form.shelf.key
    for name, value in form.chosen.items():
        texts = value if isinstance(value, list) else [value]
        query.setlist(name, [_typed(each) for each in texts])
    return query.urlencode()


def _typed(value: object) -> str:
    return dates.in_words(value) if isinstance(value, datetime.date) else str(value)


def cases_address(filters: str) -> str:
    """All cases with these filters."""
    return f"{reverse('proposals:cases')}?{filters}" if filters else reverse("proposals:cases")
