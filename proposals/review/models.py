"""Two voices, two tables: notes among officials, messages between them and the team."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models

from activity import clock


class Note(models.Model):
    """What an official writes for other officials. The team never reads it.

    once: the key of these words from one page, so that they are kept once.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="notes"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"note on {self.proposal_id}"


class Message(models.Model):
    """What the team and the officials write to each other.

    once: the key of these words from one page, so that they are kept and told once.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="messages"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_team = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"message on {self.proposal_id}"
