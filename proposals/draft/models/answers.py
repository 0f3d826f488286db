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


class ChangeQuerySet(models.QuerySet["Change"]):
    """Reads of changes."""

    def to_show(self) -> ChangeQuerySet:
        """Those that changed something; what was taken back in the same sitting did not."""
        return self.exclude(after={})


class Change(models.Model):
    """What one person changed on one page in one sitting.

    number: counts within its proposal. before, after: question id -> what was typed, of the
    questions that differ.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="changes"
    )
    number = models.PositiveIntegerField()
    section = models.CharField(max_length=16)
    page = models.CharField(max_length=32)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"], name="change_numbered_once_a_proposal"
            )
        ]
        indexes = [models.Index(fields=["proposal", "-at", "-id"], name="change_newest_first")]

    def __str__(self) -> str:
        return f"change {self.number} of {self.proposal_id}"
