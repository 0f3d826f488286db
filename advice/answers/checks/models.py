"""That a colleague was asked to read a reply before it goes, and what they said of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import cover
from accounts.models import User
from activity import clock
from advice.intake.models import Enquiry


class Verdict(models.TextChoices):
    """What came of it. The words are a label beside a name."""

    OPEN = "open", _("Not read yet")
    SEND = "send", _("Send it")
    CHANGE = "change", _("Change something first")
    TAKEN_BACK = "taken-back", _("No longer asked")


SAID = (Verdict.SEND, Verdict.CHANGE)


class ReplyCheckQuerySet(models.QuerySet["ReplyCheck"]):
    """Reads of checks. The enquirer has none, and nor has another provider."""

    def visible_to(self, user: User) -> ReplyCheckQuerySet:
        """Those that somebody asked for or was asked for, or whoever they stand in for was."""
        readers = cover.answering(user, clock.today())
        mine = Q(asked_by=user) | Q(colleague__in=readers)
        readable = Enquiry.objects.readable_by(user).values("pk")
        return self.filter(mine, enquiry__in=readable)

    def open(self) -> ReplyCheckQuerySet:
        """Those that wait for a colleague."""
        return self.filter(verdict=Verdict.OPEN)


class ReplyCheck(models.Model):
    """One reading of one draft. words: the draft as it was then. said: what to change, in words.

    by: who read it, who may have stood in for the colleague. once: names the page that asked.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="reply_checks")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField()
    asked_at = models.DateTimeField(default=clock.now)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.OPEN)
    said = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    once = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ReplyCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "asked_by"],
                condition=Q(verdict="open"),
                name="reply_check_one_open_each",
            ),
            models.CheckConstraint(
                name="reply_check_by_somebody_else", condition=~Q(asked_by=F("colleague"))
            ),
            models.CheckConstraint(
                name="reply_check_says_what_to_change",
                condition=Q(verdict="change", by__isnull=False) & ~Q(said="")
                | Q(verdict="send", by__isnull=False)
                | Q(verdict__in=["open", "taken-back"], by=None, said=""),
            ),
            models.CheckConstraint(
                name="reply_check_ends_once",
                condition=Q(verdict="open", ended_at=None)
                | ~Q(verdict="open") & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"check on {self.enquiry_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a colleague."""
        return self.verdict == Verdict.OPEN

    @property
    def is_said(self) -> bool:
        """Whether somebody read it and said so."""
        return self.verdict in SAID
