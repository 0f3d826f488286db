"""Files that are sent with words: an enquirer's and an adviser's, and what each may see."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from activity import clock
from activity.actors import Actor, LinkHolder
from activity.models.documents import Document, DocumentQuerySet, Piece, Scan
from advice.intake.models.enquiry import Enquiry
from advice.intake.models.words import Message


class AttachmentQuerySet(DocumentQuerySet):
    """Reads of attachments: each audience by its name, and their union."""

    def of_advisers(self, actor: Actor) -> AttachmentQuerySet:
        """What was sent, where the actor may read the words; of what was not, only their own."""
        if not isinstance(actor, User):
            return self.none()
        readable = Enquiry.objects.readable_by(actor).values("pk")
        return self.filter(Q(message__isnull=False) | Q(added_by=actor), enquiry__in=readable)

    def of_enquirer(self, actor: Actor) -> AttachmentQuerySet:
        """What was said with words that are gone, for the enquirer who has proved it."""
        if not isinstance(actor, LinkHolder):
            return self.none()
        readable = Enquiry.objects.readable_by(actor).values("pk")
        said = Message.objects.gone(clock.now()).filter(enquiry__in=readable)
        return self.filter(message__in=said.values("pk"))

    def visible_to(self, actor: Actor) -> AttachmentQuerySet:
        """Every file that the actor may download."""
        enquirer = isinstance(actor, LinkHolder)
        return self.of_enquirer(actor) if enquirer else self.of_advisers(actor)

    def waiting_of(self, enquiry: Enquiry, author: User) -> AttachmentQuerySet:
        """Those that one adviser attached to what is not sent yet."""
        return self.filter(enquiry=enquiry, added_by=author, message=None).order_by("pk")


class Attachment(Document):
    """A file that goes with words. added_by: None for the enquirer.

    message: the words that it was sent with; None while its adviser has not sent them.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey(
        Message, null=True, on_delete=models.PROTECT, related_name="attachments"
    )
    added_by = models.ForeignKey(  # type: ignore[assignment]  # an enquirer has no account
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]  # ours

    class Meta:
        constraints = [
            models.CheckConstraint(name="attachment_is_not_empty", condition=Q(size_bytes__gt=0)),
            models.CheckConstraint(
                name="attachment_of_an_enquirer_was_sent",
                condition=Q(added_by__isnull=False) | Q(message__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["message", "id"], name="attachment_of_message"),
            models.Index(
                fields=["scan_at", "id"],
                name="attachment_to_scan",
                condition=Q(scan=Scan.WAITING) | Q(scan=Scan.NOT_SCANNED, tries=0),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="attachment_content_kept",
                fields=["key", "enquiry", "added_by", "kind", "size_bytes", "sha256"],
            )
        ]


class AttachmentPiece(Piece):
    """Some of the bytes of an attachment."""

    document = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="pieces")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="attachment_piece_once_a_place"
            )
        ]
        triggers = [pgtrigger.Protect(name="attachment_piece_kept", operation=pgtrigger.Update)]
