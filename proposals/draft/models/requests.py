"""What reviewers ask a team to change, and what the team replies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from activity import clock
from proposals.draft.models.schemes import ReasonCode
from proposals.draft.models.versions import Version


class RequestQuerySet(models.QuerySet["Request"]):
    """Reads of requests."""

    def with_answered(self) -> RequestQuerySet:
        """Each with `is_answered`: whether a later version answered it, so that officials read it."""
        later = Version.objects.filter(
            proposal=OuterRef("proposal"), number__gt=OuterRef("version__number")
        )
        return self.annotate(is_answered=Exists(later))  # type: ignore[no-redef]  # its type is below


class Request(models.Model):
    """One thing that reviewers ask about one page, once it was sent; and the reply to it.

    is_answered: only where it was asked for. number: counts within its proposal. version: the one
    that was read; the next one answers it. section, page: the page that it opens. wanted: what
    would satisfy it, as the team reads it. code: the reason for asking, which only a decision maker
    gives. reply: the team's words; officials read them with the
    next version and not before. revision: raised by every save of the reply.
    """

    is_answered: bool

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="requests"
    )
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="requests")
    section = models.CharField(max_length=16)
    page = models.CharField(max_length=32)
    wanted = models.TextField()
    code = models.ForeignKey(ReasonCode, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"], name="request_numbered_once_a_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"request {self.number} of {self.proposal_id}"
