"""Two voices in two tables: what the enquirer and we say to each other, and what we note."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from activity import clock
from activity.searching import LANGUAGE
from advice.intake.models.enquiry import Enquiry


class MessageQuerySet(models.QuerySet["Message"]):
    """Reads of what was said."""

    def gone(self, at: datetime.datetime) -> MessageQuerySet:
        """Those that are said by then: what is held can still be taken back, and is told to nobody."""
        return self.filter(Q(goes_at=None) | Q(goes_at__lte=at))

    def held(self, at: datetime.datetime) -> MessageQuerySet:
        """Those that were sent and go later than that."""
        return self.filter(goes_at__gt=at)


class Message(models.Model):
    """Words between the enquirer and the line. The enquirer reads all of them once they are gone.

    author: the adviser who wrote; None for the enquirer.
    goes_at: until when it is held, so that its author may take it back. None: it was not.
    once: the key of what was said from its form, so that a form pressed twice says it once.
    revision: that of the enquiry when these words joined it.
    asks: whether they are what an enquiry that is open asks first. A trigger of the enquiry keeps it.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField()
    at = models.DateTimeField(default=clock.now)
    goes_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField()
    asks = models.BooleanField(default=False, db_default=False, editable=False)
    once = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # What either side may find it by; notes are no part of it.
    search_public = models.GeneratedField(
        expression=SearchVector("words", config=LANGUAGE),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="message_of_an_adviser_alone_is_held",
                condition=Q(goes_at=None) | Q(author__isnull=False, goes_at__gte=F("at")),
            )
        ]
        indexes = [
            models.Index(fields=["enquiry", "id"], name="message_of_enquiry"),
            GinIndex(fields=["search_public"], name="message_words"),
            GinIndex(fields=["search_public"], name="message_asked", condition=Q(asks=True)),
        ]

    # Which of the two voices this is, for a page that shows both.
    is_note = False

    def __str__(self) -> str:
        return f"message of {self.enquiry_id}"


class Note(models.Model):
    """Words among the advisers of the provider. No code sends one. once: as a message's."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # What those who read it find it by.
    search_staff = models.GeneratedField(
        expression=SearchVector("words", config=LANGUAGE),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["enquiry", "id"], name="note_of_enquiry"),
            GinIndex(fields=["search_staff"], name="note_words"),
        ]

    is_note = True

    def __str__(self) -> str:
        return f"note of {self.enquiry_id}"
