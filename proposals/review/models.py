"""Two voices, two tables: what is among officials, and what goes between them and the team."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models

from activity import clock
from proposals.draft.models.team import new_key


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


class RequestDraft(models.Model):
    """What a reviewer means to ask. The team never sees this table: what is sent is a `Request`.

    key: for its address. section, page: the page that it would open. revision: raised by every
    save. once: the key of these words from one page, so that they are kept once.
    """

    key = models.CharField(max_length=8, default=new_key, unique=True, editable=False)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="request_drafts"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=16)
    page = models.CharField(max_length=32)
    wanted = models.TextField()
    at = models.DateTimeField(default=clock.now)
    revision = models.PositiveIntegerField(default=0)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"draft of a request on {self.proposal_id}"
