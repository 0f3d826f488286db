"""What an adviser writes before the enquirer may read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from activity import clock
from activity.actors import Actor
from advice.intake.models import Enquiry


class ReplyDraftQuerySet(models.QuerySet["ReplyDraft"]):
    """Reads of drafts: its words are its author's, that it is there is for the provider."""

    def visible_to(self, actor: Actor) -> ReplyDraftQuerySet:
        """Those whose words the actor may read: their own, while they may read the enquiry."""
        readable = Enquiry.objects.readable_by(actor).values("pk")
        return self.filter(author=getattr(actor, "pk", None), enquiry__in=readable)


class ReplyDraft(models.Model):
    """What one adviser has typed of a reply to an enquiry. No code shows it to the enquirer.

    used: the marks of canned answers that were put into it. taken_back: the `once` of the reply
    that it was until its author took that back; None for what was never sent.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="reply_drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    used = models.TextField(blank=True)
    taken_back = models.UUIDField(null=True)
    saved_at = models.DateTimeField(default=clock.now)

    objects = ReplyDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "author"], name="reply_draft_one_each")
        ]

    def __str__(self) -> str:
        return f"draft on {self.enquiry_id}"
