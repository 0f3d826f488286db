"""What a team typed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from activity import clock


class Section(models.Model):
    """The answers of one section of a draft, as they were typed.

    answers: question id -> the text typed, or a list of texts where several could be chosen.
    revision: raised by every save. Whether it needs attention is read from the answers.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="sections"
    )
    key = models.CharField(max_length=16)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "key"], name="section_once_a_proposal")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.proposal_id}"
