"""A clock of an enquiry that passed its end: kept once, warned of once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activity.clock import now
from advice.intake.models.enquiry import Enquiry


class Clock(models.TextChoices):
    """What runs: until somebody writes back, and until there is an answer."""

    REPLY = "reply", _("Reply")
    RESOLVE = "resolve", _("Answer")


class Lateness(models.TextChoices):
    """How late: past its end, and still some days after."""

    LATE = "late", _("Late")
    STILL_LATE = "still-late", _("Still late")


class Breach(models.Model):
    """One clock of one enquiry that was late. A clock that began anew is another one.

    began_at, due_at: of the clock, as they were when it was found late.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="breaches")
    clock = models.CharField(max_length=8, choices=Clock)
    level = models.CharField(max_length=12, choices=Lateness)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "breaches"
        constraints = [
            models.UniqueConstraint(
                name="breach_once_a_clock_and_level",
                fields=["enquiry", "clock", "began_at", "level"],
            ),
            models.CheckConstraint(
                name="breach_is_one_of_ours",
                condition=Q(clock__in=Clock.values, level__in=Lateness.values),
            ),
            models.CheckConstraint(name="breach_after_it_was_due", condition=Q(at__gt=F("due_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.clock} of enquiry {self.enquiry_id}"
