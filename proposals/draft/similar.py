"""What is public and like a draft: only of what its own team typed, and only for that team."""

from __future__ import annotations

from collections.abc import Iterable

from activity import alike
from activity.alike import About, Like
from proposals.draft.completeness import TopicProgress
from proposals.draft.models import Proposal, Section

ON_THE_TASKS = 3
ON_ITS_PAGE = 10
# The question in which a team describes its service.
DESCRIBED = "S5"


def to(proposal: Proposal, most: int, *, described: str | None = None) -> list[Like]:
    """What is like a proposal, closest first.

    described: what its team typed of the service, where a page has read it already.
    """
    words = _described(proposal) if described is None else described
    return alike.find(
        About(
            reference=proposal.reference,
            name=proposal.title,
            words=words,
            sector=proposal.sector,
            employer=proposal.employer,
        ),
        most,
    )


def among(sections: Iterable[TopicProgress]) -> str:
    """What a team typed of its service, among sections that were read already."""
    asked = (form for each in sections for _page, form in each.forms)
    return next(
        (str(form.data.get(DESCRIBED, "")) for form in asked if DESCRIBED in form.fields), ""
    )


def _described(proposal: Proposal) -> str:
    kept = Section.objects.filter(proposal=proposal, key="service")
    return str((kept.values_list("answers", flat=True).first() or {}).get(DESCRIBED, ""))
