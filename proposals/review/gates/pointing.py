"""What evidence points at: pages, promises and documents of a version, the vote, the employer.

A mark is what is kept of it: its kind, and where it has one its key, as in "page:quality/worse".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from proposals.draft.models import Document, GateCode, Proposal
from proposals.draft.promises import Kind, promised_in
from proposals.draft.questions import topics
from proposals.draft.shown import named, place_in_words
from proposals.review.gates.known import Known

PAGE, PROMISE, DOCUMENT, VOTE, EMPLOYER = "page", "promise", "document", "vote", "employer"
# The pages that each gate is about: shown beside its question, and offered first as evidence.
PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    GateCode.A: (
        *(("service", "description"), ("service", "breadth"), ("service", "limits")),
        ("service", "under-way"),
    ),
    GateCode.B: (
        *(("model", "members"), ("model", "investors"), ("model", "board")),
        *(("model", "lock"), ("model", "protection")),
    ),
    GateCode.C: (
        *(("staff", "support"), ("staff", "evidence"), ("staff", "talks")),
        *(("staff", "unions"), ("staff", "worries")),
    ),
    GateCode.D: (("money", "today"), ("money", "figures"), ("award", "agreed")),
    GateCode.E: (("quality", "indicators"), ("quality", "inspection"), ("quality", "worse")),
    GateCode.F: (
        *(("quality", "worse"), ("service", "links"), ("quality", "safety"), ("service", "duty")),
        *(("assets", "liabilities"), ("workforce", "deficit"), ("assets", "protection")),
        *(("model", "protection"), ("support", "risks")),
    ),
}
# What of the promises each gate is about.
PROMISED = {GateCode.D: Kind.MONEY, GateCode.E: Kind.INDICATOR}
Choice = tuple[str, str]


@dataclass(frozen=True)
class Pointed:
    """Something that evidence points at, in words, and where it is read; "" where it is nowhere."""

    words: str
    address: str


def near(code: str, known: Known) -> list[Choice]:
    """What evidence on a gate can point at, as marks and words: what it is about, then documents."""
    found = [
        (f"{PAGE}:{section}/{page}", place_in_words(section, page)) for section, page in PAGES[code]
    ]
    kind = PROMISED.get(GateCode(code))
    found += [
        (f"{PROMISE}:{each.key}", _("Promise: %(name)s") % {"name": each.name})
        for each in promised_in(known.version) or []
        if each.kind == kind
    ]
    if code == GateCode.C and known.vote:
        found.append((f"{VOTE}:{known.vote['number']}", str(_("The last vote of staff"))))
    if known.is_answered:
        found.append((EMPLOYER, str(_("The employer's answer about this version"))))
    found += [
        (f"{DOCUMENT}:{key}", _("Document: %(name)s") % {"name": words})
        for key, words in known.documents.items()
    ]
    return found


def pages() -> list[Choice]:
    """Every page of a proposal, as marks and words."""
    return [
        (f"{PAGE}:{about.key}/{asked.key}", named(about, asked))
        for about in topics()
        for asked in about.pages
    ]


def in_words(known: Known, marks: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Pointed]:
    """Marks as a page shows them; a query only for documents that this version no longer holds.

    marks: the number of a version, and a mark.
    """
    wanted = set(marks)
    names = {f"{DOCUMENT}:{key}": words for key, words in known.documents.items()}
    names |= {f"{PROMISE}:{each.key}": each.name for each in promised_in(known.version) or []}
    gone = [mark for _number, mark in wanted if mark.startswith(DOCUMENT) and mark not in names]
    if gone:
        keys = [mark.partition(":")[2] for mark in gone]
        rows = Document.objects.filter(proposal=known.case, key__in=keys)
        names |= {f"{DOCUMENT}:{each.key}": each.title or each.name for each in rows}
    return {each: _pointed(known.case, *each, names) for each in wanted}


def _pointed(case: Proposal, number: int, mark: str, names: dict[str, str]) -> Pointed:
    kind, _colon, key = mark.partition(":")
    if kind == DOCUMENT:
        address = reverse("proposals:case_document_download", args=[case.reference, key])
        return Pointed(_("Document: %(name)s") % {"name": names.get(mark, "")}, address)
    if kind == EMPLOYER:
        words = _("The employer's answer about version %(number)d") % {"number": number}
        return Pointed(words, reverse("proposals:employer_case", args=[case.reference]))
    if kind == VOTE:
        words = _("Vote %(number)s of staff") % {"number": key}
        return Pointed(words, reverse("proposals:case", args=[case.reference]))
    address = reverse("proposals:case_version", args=[case.reference, number])
    if kind == PROMISE:
        return Pointed(_("Promise: %(name)s") % {"name": names.get(mark, key)}, address)
    return Pointed(place_in_words(*key.split("/")), address)
