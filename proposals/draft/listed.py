"""Documents as a page lists them, whoever reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from activity.documents import described, why_not_served
from activity.models.documents import Scan
from proposals.draft.models import Document, Version
from proposals.draft.questions import topic


@dataclass(frozen=True)
class Listed:
    """One document: its section by title, its kind and size in words.

    refused: why it cannot be downloaded now, or "". may_go: whether it may be taken out now.
    """

    document: Document
    section: str
    described: str
    refused: str | Promise
    may_go: bool = False


def listed(
    documents: Iterable[Document], *, beyond_its_owners: bool, open_sections: Collection[str] = ()
) -> list[Listed]:
    """Documents as rows. open_sections: those out of which the reader may take one."""
    return [
        Listed(
            document=each,
            section=section_in_words(each.section),
            described=described(each),
            refused=why_not_served(each, beyond_its_owners=beyond_its_owners),
            may_go=each.section in open_sections,
        )
        for each in documents
    ]


def section_in_words(key: str) -> str:
    """A section by its title; it may be asked no longer."""
    about = topic(key)
    return str(about.title) if about else str(_("A section that is no longer asked"))


def submitted_words(version: Version, *, beyond_its_owners: bool, address: str) -> dict[str, Any]:
    """What a page of a version shows of its documents. address: the name of a download's."""
    documents = version.documents()
    return {
        "documents": listed(documents, beyond_its_owners=beyond_its_owners),
        "download": address,
        "unscanned": any(each.scan == Scan.NOT_SCANNED for each in documents),
    }
