"""The documents of a proposal, and which of them each version was submitted with."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from activity.actors import Actor
from activity.models.documents import Document as AnyDocument
from activity.models.documents import DocumentQuerySet as AnyDocumentQuerySet
from activity.models.documents import Piece, Scan
from proposals.draft.models.proposal import Proposal
from proposals.draft.models.versions import Version

# The bytes of what was submitted stay as they are; a virus alone is taken out for good.
KEEP_SUBMITTED = """
IF EXISTS (SELECT FROM proposals_versiondocument WHERE document_id = OLD.document_id)
    AND NOT EXISTS (
        SELECT FROM proposals_document WHERE id = OLD.document_id AND scan = 'infected'
    ) THEN
    RAISE EXCEPTION 'the content of a document that was submitted stays'
        USING ERRCODE = 'check_violation';
END IF;
RETURN OLD;
"""


class DocumentQuerySet(AnyDocumentQuerySet):
    """Reads of documents: each audience by its name, and their union."""

    def present(self) -> DocumentQuerySet:
        """Those that belong to the draft as it stands, the newest first."""
        return self.filter(taken_out_at=None).order_by("-added_at", "-pk")

    def submitted(self) -> DocumentQuerySet:
        """Those that some version was submitted with."""
        return self.filter(Exists(VersionDocument.objects.filter(document=OuterRef("pk"))))

    def of_team(self, actor: Actor) -> DocumentQuerySet:
        """All of a proposal whose team the actor is in."""
        return self.filter(proposal__in=Proposal.objects.of_team(actor).values("pk"))

    def of_officials(self, actor: Actor) -> DocumentQuerySet:
        """What was submitted, of a proposal that a reviewer or decision maker may open."""
        theirs = Proposal.objects.of_officials(actor).values("pk")
        return self.submitted().filter(proposal__in=theirs)

    def visible_to(self, actor: Actor) -> DocumentQuerySet:
        """Every document that the actor may know of, by whichever audience they are in."""
        mine, theirs = self.of_team(actor).values("pk"), self.of_officials(actor).values("pk")
        return self.filter(Q(pk__in=mine) | Q(pk__in=theirs))


class Document(AnyDocument):
    """A file that a team added to a section of its proposal.

    section: the key of its topic. taken_out_at: when it was taken out of the draft; it is kept
    because a version was submitted with it.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="documents")
    section = models.CharField(max_length=16)
    taken_out_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "section", "sha256"],
                condition=Q(taken_out_at=None),
                name="document_once_a_section",
            ),
            models.CheckConstraint(name="document_is_not_empty", condition=Q(size_bytes__gt=0)),
        ]
        indexes = [
            models.Index(
                fields=["scan_at", "id"],
                name="document_to_scan",
                condition=Q(scan=Scan.WAITING) | Q(scan=Scan.NOT_SCANNED, tries=0),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="content_kept",
                fields=["key", "proposal", "section", "kind", "size_bytes", "sha256"],
            )
        ]


class DocumentPiece(Piece):
    """Some of the bytes of a document of a proposal."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pieces")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="document_piece_once_a_place"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="piece_kept", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="submitted_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=KEEP_SUBMITTED,
            ),
        ]


class VersionDocument(models.Model):
    """That a version was submitted with a document: neither is ever taken back."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="submitted_with")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "document"], name="version_document_once")
        ]
        triggers = [
            pgtrigger.Protect(name="document_frozen", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"document of {self.version_id}"
