"""Calls: the draft that an adviser writes during one, and what is noted of one for good."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity import clock
from advice.intake.models.enquiry import Enquiry

# How long a call that was not saved is kept for its adviser after they last typed.
KEPT_FOR = datetime.timedelta(days=7)
# How long a page that is open still may know what became of its call.
REMEMBERED_FOR = datetime.timedelta(days=2)
LONGEST = 600  # minutes


class CallQuerySet(models.QuerySet["Call"]):
    """Reads of calls: each is seen by the adviser who took it and by nobody else."""

    def of(self, adviser: models.Model) -> CallQuerySet:
        """Those of one adviser."""
        return self.filter(adviser=adviser.pk)

    def unsaved(self) -> CallQuerySet:
        """Those in which something was typed and that were not saved, the newest first."""
        return self.filter(ended_at=None).exclude(typed={}).order_by("-began_at", "-pk")


class Call(models.Model):
    """What an adviser types during a call: a draft of their own, until it is saved.

    public_id: names it in its address, and the enquiry that comes from it.
    typed: field -> what was typed, right or wrong; {} once it is saved. revision: how often it was
    changed, so that no window writes over another. looked_for: the whole number and address that
    were last asked for among all providers.
    enquiry: what it became, or joined. ended_by: the key of the press that ended it.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calls"
    )
    typed = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    looked_for = models.CharField(max_length=300, blank=True)
    began_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="calls"
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="call_ends_as_an_enquiry",
                condition=Q(ended_at=None, enquiry=None) | Q(enquiry__isnull=False, typed={}),
            )
        ]
        indexes = [
            models.Index(fields=["adviser", "began_at"], name="call_of_adviser"),
            models.Index(fields=["saved_at"], name="call_old_ones"),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"

    @property
    def caller(self) -> str:
        """The name or number of who rang, as far as it was typed."""
        return self.typed.get("name") or self.typed.get("telephone") or ""

    @property
    def kept_until(self) -> datetime.datetime:
        """When it is deleted unless it is saved."""
        return self.saved_at + KEPT_FOR


class Rang(models.TextChoices):
    """Who rang whom."""

    WE = "we", _("We rang them")
    THEY = "they", _("They rang us")


class PhoneNote(models.Model):
    """What was said on the telephone, for the advisers of the provider. No code sends one.

    began_at: when the call began; at: when this was written down. once: as a message's.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="phone_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    began_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(validators=[MaxValueValidator(LONGEST)])
    rang = models.CharField(max_length=4, choices=Rang)
    reached = models.BooleanField()
    at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["enquiry", "id"], name="phone_note_of_enquiry")]
        constraints = [
            models.CheckConstraint(
                name="phone_note_of_a_call_that_we_had_or_tried",
                condition=Q(rang__in=Rang.values, minutes__lte=LONGEST)
                & (Q(rang=Rang.WE) | Q(reached=True)),
            )
        ]

    def __str__(self) -> str:
        return f"phone note of {self.enquiry_id}"
