"""The pages on which a case is read side by side, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from proposals.draft.models import Criterion, Proposal
from proposals.review import beside, reading
from proposals.review.beside import Heard
from proposals.review.finding import case_page
from proposals.review.reading import Frozen
from proposals.review.views import case_words


@dataclass(frozen=True)
class Line:
    """One criterion of the overview. changed: the last version in which its answers changed, or 0.

    said: how many of its figures the employer spoke of; disputed: for how many it has another.
    """

    criterion: Criterion
    pages: int
    documents: int
    changed: int
    said: int
    disputed: int


@case_page
@require_safe
def reads(request: HttpRequest, case: Proposal) -> HttpResponse:
    """All criteria, with what there is to read for each."""
    versions = reading.frozen(case)
    latest = versions[0].version
    heard = beside.heard(case, latest)
    sections = [each["section"] for each in latest.content.get("documents", ())]
    criteria = Criterion.objects.of_scheme(latest.scheme)
    lines = [_line(each, versions, sections, heard) for each in criteria]
    shown = {"lines": lines, "heard": heard, "version": latest}
    head = case_words(request, case, "read", latest.number)
    return render(request, "proposals/reads.html", head | shown)


def _line(
    criterion: Criterion,
    versions: list[Frozen],
    sections: list[str],
    heard: Heard | None,
) -> Line:
    pages = reading.pages_of(criterion)
    changed = (reading.changed_in(topic, page, versions) for topic, page in pages)
    return Line(
        criterion,
        pages=len(pages),
        documents=sum(each in reading.sections_of(criterion) for each in sections),
        changed=max((found[0].version.number for found in changed if found), default=0),
        said=len(heard.of(criterion)) if heard else 0,
        disputed=len(heard.disputed(criterion)) if heard else 0,
    )


@case_page
@require_safe
def read(request: HttpRequest, case: Proposal, criterion: str) -> HttpResponse:
    """One criterion: the team's answers, what shows them, and its levels, side by side."""
    versions = reading.frozen(case)
    latest = versions[0]
    criteria = list(Criterion.objects.of_scheme(latest.version.scheme))
    places = {each.key: place for place, each in enumerate(criteria)}
    if criterion not in places:
        raise Http404
    chosen = criteria[places[criterion]]
    head = case_words(request, case, "read", latest.version.number)
    shown = {
        **_neighbours(case, criteria, places[criterion]),
        **beside.heard_words(chosen, beside.heard(case, latest.version)),
        **beside.document_words(beside.filed(latest.version, chosen)),
        **beside.computed_words(case, chosen, latest),
        "version": latest.version,
        "parts": reading.parts(chosen, versions),
    }
    return render(request, "proposals/read.html", head | shown)


def _neighbours(case: Proposal, criteria: list[Criterion], place: int) -> dict[str, Any]:
    """A criterion among the others, and the ways to those before and after it."""
    previous = criteria[place - 1] if place else None
    following = criteria[place + 1] if place + 1 < len(criteria) else None
    return {
        "criterion": criteria[place],
        "criteria": criteria,
        "previous": previous,
        "following": following,
        "around": {
            "landmarkLabel": _("Criteria"),
            "previous": _way(case, previous, _("Previous criterion")),
            "next": _way(case, following, _("Next criterion")),
        },
    }


def _way(case: Proposal, criterion: Criterion | None, words: str) -> dict[str, str]:
    if criterion is None:
        return {}
    address = reverse("proposals:read", args=[case.reference, criterion.key])
    return {"href": address, "text": words, "labelText": criterion.name}
