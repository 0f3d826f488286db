"""Who is to be told what: the outbox and the inbox in one table."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from activity import clock, kinds

UNSETTLED = Q(mailed=True, sent_at=None, held_at=None, failed_at=None)
WAITING = UNSETTLED & Q(put_off_to=None)
PUT_OFF = UNSETTLED & Q(put_off_to__isnull=False)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Reads of messages."""

    def inbox_of(self, user: User) -> NotificationQuerySet:
        """What one person was told."""
        return self.filter(user=user)

    def unread(self) -> NotificationQuerySet:
        """What has not been opened."""
        return self.filter(read_at=None)

    def waiting(self, at: datetime.datetime) -> NotificationQuerySet:
        """Mail that may be tried at that time, oldest first."""
        return self.filter(WAITING, try_at__lte=at).order_by("try_at", "pk")

    def put_off(self, to: datetime.datetime) -> NotificationQuerySet:
        """Mail that waits for a daily mail of that time or before, oldest first."""
        return self.filter(PUT_OFF, put_off_to__lte=to).order_by("put_off_to", "pk")

    def unsettled(self) -> NotificationQuerySet:
        """Mail that is neither sent nor held nor given up."""
        return self.filter(UNSETTLED)

    def undelivered(self) -> NotificationQuerySet:
        """Mail that failed for good and that somebody here may mend, newest first."""
        failed = self.filter(failed_at__isnull=False).exclude(kind__in=kinds.private())
        return failed.order_by("-failed_at", "-pk")


class Notification(models.Model):
    """One person told one thing: a user, or an address without an account.

    The row holds the name of a template and ids, never words: subject, body and links are made at
    delivery and not kept. The id is the mail's Message-ID, so a mail server can tell a repeat.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=48, blank=True)
    subject_id = models.BigIntegerField(null=True)
    # Shown in the inbox without reading the record it speaks of.
    reference = models.CharField(max_length=24, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    address = models.EmailField(blank=True)
    ids = models.JSONField(default=dict)
    due_on = models.DateField(null=True)
    mailed = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    try_at = models.DateTimeField(default=clock.now)
    # The daily mail that it waits for, where its reader chose one for its kind.
    put_off_to = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    held_because = models.CharField(max_length=32, blank=True)
    failed_at = models.DateTimeField(null=True)
    # A code of the failure, such as "smtp-550": a server's own words may quote the address.
    failure = models.CharField(max_length=32, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notification_to_a_user_or_an_address",
                condition=Q(user__isnull=False, address="") | Q(user=None) & ~Q(address=""),
            ),
            models.CheckConstraint(
                name="notification_ends_one_way",
                condition=Q(held_at=None, failed_at=None)
                | Q(sent_at=None, failed_at=None)
                | Q(sent_at=None, held_at=None),
            ),
            models.CheckConstraint(
                name="notification_held_with_a_reason",
                condition=Q(held_at=None, held_because="")
                | Q(held_at__isnull=False) & ~Q(held_because=""),
            ),
        ]
        indexes = [
            models.Index(fields=["try_at", "id"], name="notification_waiting", condition=WAITING),
            models.Index(
                fields=["put_off_to", "user"], name="notification_put_off", condition=PUT_OFF
            ),
            models.Index(fields=["user", "-created_at", "-id"], name="notification_inbox"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at=None)),
            models.Index(
                fields=["-failed_at", "-id"],
                name="notification_failed",
                condition=Q(failed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}".strip()

    @property
    def recipient_address(self) -> str:
        """Where the mail goes."""
        return self.user.email if self.user is not None else self.address
