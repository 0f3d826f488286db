"""What the portal knows of a case that its gates are judged by: read once, then pure facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from proposals.ballot import told
from proposals.draft.models import Proposal, Version, VersionDocument
from proposals.draft.questions import Answers
from proposals.employer.models import EmployerAnswer


@dataclass(frozen=True)
class Known:
    """The latest version of a case: its answers and documents, and the last vote of staff.

    documents: by their keys, in words. vote: as `told.last_vote` reads it. is_answered: whether the
    employer has answered about this very version.
    """

    case: Proposal
    version: Version
    typed: Mapping[str, Answers]
    documents: dict[str, str]
    vote: dict[str, Any] | None
    is_answered: bool


def known(case: Proposal) -> Known:
    """What is known of a case that was submitted, in two queries, or in one of one on a page."""
    answers = EmployerAnswer.objects.filter(version=OuterRef("pk"))
    given = VersionDocument.objects.filter(version=OuterRef("pk"))
    row = JSONObject(**{name: f"document__{name}" for name in ("key", "title", "name")})
    in_order = given.order_by("document__section", "document__name")
    versions: Any = case.versions.select_related("scheme").annotate(
        is_answered=Exists(answers), given=ArraySubquery(in_order.values(row=row))
    )
    version = versions.latest()
    return Known(
        case=case,
        version=version,
        typed=version.content["sections"],
        documents={each["key"]: each["title"] or each["name"] for each in version.given},
        vote=vote_of(case),
        is_answered=version.is_answered,
    )


def vote_of(case: Proposal) -> dict[str, Any] | None:
    """The last vote of staff; no query where the case was found with it."""
    if "vote" in case.__dict__:
        found: dict[str, Any] | None = case.vote  # type: ignore[attr-defined]  # read along
        return found
    votes = Proposal.objects.filter(pk=case.pk).annotate(vote=told.last_vote())
    read: dict[str, Any] | None = votes.values_list("vote", flat=True).get()
    return read
