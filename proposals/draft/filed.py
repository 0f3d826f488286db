"""The documents of a proposal or a version, read with it in one query: pages have none to spare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from activity.models.documents import Scan
from proposals.draft.models import Document, Proposal, VersionDocument

FACTS = ("key", "name", "section", "kind", "size_bytes", "sha256", "scan")


def beside() -> ArraySubquery:
    """The documents of a draft, as a column `filed` of the query for its proposal."""
    return ArraySubquery(_of_draft(OuterRef("pk")))


def beside_version() -> ArraySubquery:
    """The documents of a version, as a column `filed` of its own query."""
    found = VersionDocument.objects.filter(version=OuterRef("pk"))
    facts = JSONObject(**{name: f"document__{name}" for name in FACTS})
    return ArraySubquery(found.order_by("document__section", "document__name").values(row=facts))


def of_draft(proposal: Proposal) -> list[Document]:
    """The documents of the draft as it stands, the newest first: their facts alone.

    Asks nothing of a proposal that was found with `beside`.
    """
    if hasattr(proposal, "filed"):
        return read(proposal.filed)
    return read(_of_draft(proposal.pk).values_list("row", flat=True))


def to_submit(documents: Iterable[Document]) -> list[Document]:
    """Those of a draft that a version takes with it: their content is there."""
    return [each for each in documents if each.scan != Scan.INFECTED]


def read(rows: Iterable[dict[str, Any]]) -> list[Document]:
    """What a column `filed` holds, as documents that are never saved."""
    return [Document(**row) for row in rows]


def _of_draft(proposal: OuterRef | int) -> Any:
    found = Document.objects.present().filter(proposal=proposal)
    return found.values(row=JSONObject(**{name: name for name in FACTS}))
