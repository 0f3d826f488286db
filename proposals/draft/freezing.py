"""Freezing what is submitted: one canonical text, its fingerprint, and the people beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from activity import outbox
from proposals.draft import filed, promises, searched
from proposals.draft.models import (
    Declaration,
    Document,
    Member,
    Proposal,
    SchemeVersion,
    Signature,
    Version,
    VersionAnswer,
    VersionDocument,
    VersionPerson,
)
from proposals.draft.questions import Answers, personal_questions

MAKE_PDFS = "proposals.tasks.make_pdfs"


def canonical(content: dict[str, Any]) -> str:
    """One text for one content: keys sorted, no spaces, letters as they are."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_of(proposal: Proposal, scheme: SchemeVersion) -> dict[str, Any]:
    """What is frozen of a proposal: codes, answers, promises and which documents came with them.

    Nobody's name or address: that of a file stays with the file.
    """
    apart = personal_questions()
    declared = Declaration.objects.in_force(timezone.localdate(proposal.status_at))
    sections = {
        key: {name: typed for name, typed in answers.items() if name not in apart.get(key, ())}
        for key, answers in proposal.sections.order_by("key").values_list("key", "answers")
    }
    return {
        "reference": proposal.reference,
        "scheme": scheme.number,
        "employer": proposal.employer.slug,
        "declared": [list(part) for part in declared.values_list("key", "wording")],
        "submitted": timezone.localtime(proposal.status_at).isoformat(timespec="seconds"),
        promises.FROZEN: promises.frozen(promises.promised(sections)),
        "sections": sections,
        "documents": [
            {
                "key": each.key,
                "section": each.section,
                "kind": each.kind,
                "bytes": each.size_bytes,
                "sha256": each.sha256,
            }
            for each in to_submit(proposal)
        ],
    }


def to_submit(proposal: Proposal) -> list[Document]:
    """The documents that a version takes with it, always in one order."""
    present = Document.objects.present().filter(proposal=proposal)
    return filed.to_submit(present.order_by("section", "sha256"))


def answers_of(version: Version) -> dict[str, Answers]:
    """All answers of a version, those that name people among them, by the topic's key."""
    sections: dict[str, Answers] = version.content["sections"]
    for row in version.named.all():
        sections.setdefault(row.section, {})[row.question] = row.typed
    return sections


def freeze(proposal: Proposal) -> Version:
    """Write the next version of a proposal that is being submitted.

    The people are rows beside it, so that a name can be redacted and the fingerprint still hold.
    """
    # A later version is judged by the rules that the first was submitted under.
    scheme = proposal.scheme or SchemeVersion.objects.in_force(
        timezone.localdate(proposal.status_at)
    )
    text = canonical(content_of(proposal, scheme))
    version = Version.objects.create(
        proposal=proposal,
        number=proposal.versions.count() + 1,
        scheme=scheme,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        frozen_at=proposal.status_at,
    )
    VersionAnswer.objects.bulk_create(_named(version, proposal))
    VersionDocument.objects.bulk_create(
        VersionDocument(version=version, document=document) for document in to_submit(proposal)
    )
    signed = {row.user_id: row for row in Signature.objects.current().filter(proposal=proposal)}
    VersionPerson.objects.bulk_create(
        _person(version, member, signed.get(member.user_id))
        for member in Member.objects.current()
        .filter(proposal=proposal)
        .select_related("user", "proposal__employer")
    )
    searched.keep(proposal, version)
    transaction.on_commit(ask_for_pdf, robust=True)
    return version


def _named(version: Version, proposal: Proposal) -> Iterator[VersionAnswer]:
    apart = personal_questions()
    for key, answers in proposal.sections.order_by("key").values_list("key", "answers"):
        for name in sorted(apart.get(key, ())):
            if answers.get(name):
                yield VersionAnswer(
                    version=version, section=key, question=name, typed=answers[name]
                )


def ask_for_pdf() -> None:
    """Ask a worker for the PDFs that are missing; its sweep finds them too."""
    outbox.ask_worker(MAKE_PDFS)


def _person(version: Version, member: Member, signature: Signature | None) -> VersionPerson:
    person = VersionPerson(
        version=version, user_id=member.user_id, role=member.role, employment=member.employment
    )
    if signature is not None:
        person.signed_at = signature.signed_at
        person.typed_name = signature.typed_name
        person.typed_role = signature.typed_role
    return person
