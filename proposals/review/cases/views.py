"""The page of all cases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from activity import clock, counting, keyset
from proposals.draft.models import Proposal, ProposalQuerySet
from proposals.draft.models.proposal import lead_is_gone
from proposals.review.cases import shown
from proposals.review.cases.forms import FilterForm
from proposals.review.cases.narrowing import found_by
from proposals.review.cases.offered import offered
from proposals.review.cases.shelves import Shelf
from proposals.review.finding import officials_page


@officials_page
@require_safe
def cases(request: HttpRequest, reader: User) -> HttpResponse:
    """Every case that the reader may know of, open or ended, narrowed by what the address says."""
    form = FilterForm(request.GET, offered())
    form.is_valid()
    form.seek()
    visible = Proposal.objects.of_officials(reader)
    found, counts = found_by(form, visible, reader)
    rows = found.rows.annotate(lead_is_gone=lead_is_gone())
    rows = rows.select_related("employer", "lead_reviewer")
    page = keyset.page(rows if found.count else rows.none(), found.order, request.GET.get("after"))
    chips = shown.chips(form, request.GET)
    words = {"form": form, "shelf": form.shelf, "page": page, "chips": chips, "reader": reader}
    words |= {"shelves": shown.shelves(form, request.GET, counts), "in_order": found.in_order}
    words |= counted("found", found.count)
    words["filters"] = f"?{shown.filters_of(form)}"
    words["rows"] = shown.with_urgency(page.rows, clock.today())
    if chips and not page.rows:
        words |= counted("in_all", everything(visible, form.shelf))
        words["bare"] = shown.bare(form.shelf)
    return render(request, "proposals/cases.html", words)


def counted(name: str, count: int) -> dict[str, Any]:
    """A count for a template: the number, to say one or more by, and its words."""
    return {name: count, f"{name}_words": counting.in_words(count)}


def everything(visible: ProposalQuerySet, shelf: Shelf) -> int:
    """How many there are without filters, up to the bound of `counting`."""
    return counting.counts({"all": visible.filter(status__in=shelf.statuses)})["all"]
