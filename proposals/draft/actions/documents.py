"""The documents of a draft: added, taken out, and what follows when one is found to be infected."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from activity import clock, outbox
from activity.actors import System
from activity.documents import Sent, empty_infected, keep
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft import openness, rules, steps
from proposals.draft.actions.writing import Closed
from proposals.draft.models import Document, Proposal

SCAN = "proposals.tasks.scan_documents"
SCANNING = System("scanning")
MOST = 100


class NotAdded(Exception):
    """A file that is right in itself is not added, for what is there already; says why."""


@in_one_piece
def add_document(
    *, proposal: Proposal, section: str, title: str, file: Sent, once: uuid.UUID, by: User
) -> Document:
    """Keep a file with a section of the draft, and ask for it to be scanned once this commits.

    Pressed twice, it is kept once. Raises NotAdded when the same content is in the section already,
    or when the proposal has as many documents as it may; Closed and PermissionDenied as writing
    in that section does.
    """
    fresh = _open(proposal, section, by)
    key = key_of(once, by.pk, fresh.pk, section, file.sha256)
    sent: Document | None = Document.objects.filter(once=key).first()
    if sent is not None:
        if sent.taken_out_at:
            raise MovedOn(fresh)
        return sent
    _must_fit(fresh, section, file)
    place = {"proposal": fresh, "section": section, "title": title, "added_by": by}
    document: Document = keep(Document, file, once=key, scan=SCAN, **place)
    Event.objects.write("proposal.document_add", fresh, by=by, data={"section": section})
    return document


@in_one_piece
def remove_document(*, document: Document, by: User) -> None:
    """Take a document out of the draft. Its content is deleted, unless it was submitted before.

    A version keeps what it was submitted with. Raises MovedOn when it was taken out meanwhile;
    Closed and PermissionDenied as writing in its section does.
    """
    fresh = _open(document.proposal, document.section, by)
    found = Document.objects.present().filter(pk=document.pk).first()
    if found is None:
        raise MovedOn(fresh)
    if Document.objects.submitted().filter(pk=found.pk).exists():
        found.taken_out_at = clock.now()
        found.save(update_fields=["taken_out_at"])
    else:
        found.delete()
    data = {"section": found.section}
    Event.objects.write("proposal.document_remove", fresh, by=by, data=data)


@in_one_piece
def mark_infected(document: Document) -> None:
    """Delete the content of a document in which a virus was found, and tell the team.

    Also of one that was submitted: its row and its hash stay, and say what became of it.
    """
    fresh = lock(Proposal, document.proposal_id)
    if not empty_infected(document):
        return
    data = {"section": document.section}
    Event.objects.write("proposal.document_infected", fresh, by=SCANNING, data=data)
    outbox.tell("proposal.document_infected", fresh, steps.team(fresh))


def _open(proposal: Proposal, section: str, by: User) -> Proposal:
    """The proposal, locked, for somebody who may add to this section of it and take out of it."""
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.can_edit(by, fresh):
        raise PermissionDenied(_("Somebody who edits can do this."))
    sections = openness.open_sections(fresh)
    if not sections:
        raise Closed(fresh)
    if section not in sections:
        raise PermissionDenied(
            _(
                "The reviewers did not ask about this section, so its documents stay as they are. "
                "The page of their requests says which sections are open."
            )
        )
    return fresh


def _must_fit(proposal: Proposal, section: str, file: Sent) -> None:
    present = Document.objects.present().filter(proposal=proposal)
    same = present.filter(section=section, sha256=file.sha256).first()
    if same is not None:
        raise NotAdded(_("This file is in this section already, as “%s”") % same.name)
    if present.count() >= MOST:
        raise NotAdded(
            _("A proposal has at most %(most)d documents. Take one out first") % {"most": MOST}
        )
