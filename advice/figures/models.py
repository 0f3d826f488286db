"""What the figures are made of: how each enquiry went, and the counts of that."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity.figures.models import ReckoningModel
from advice.intake.models import Channel, Enquiry


class Course(models.Model):
    """How one enquiry went so far, as its events tell. It names nobody.

    topic: the code of its topic's group, "" for none. provider: the slug of who has
    it, "" for nobody. hour: of its arrival in the UK, None when the line was closed.
    reply_hours: working hours until a person first replied, in full hours upwards. resolve_hours:
    those in which it was with the line until it was last answered or closed, None while it is open.
    taken_up_on: the last day on which it came back after it had been answered or closed.
    """

    enquiry = models.OneToOneField(Enquiry, on_delete=models.CASCADE, related_name="course")
    topic = models.CharField(max_length=8, blank=True)
    provider = models.SlugField(max_length=80, blank=True)
    channel = models.CharField(max_length=8, choices=Channel)
    hour = models.PositiveSmallIntegerField(null=True)
    came_on = models.DateField()
    replied_on = models.DateField(null=True)
    reply_hours = models.PositiveIntegerField(null=True)
    in_time = models.BooleanField(default=False)
    resolved_on = models.DateField(null=True)
    resolve_hours = models.PositiveIntegerField(null=True)
    taken_up_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="course_replied_with_its_hours",
                condition=Q(replied_on=None, reply_hours=None, in_time=False)
                | Q(replied_on__isnull=False, reply_hours__isnull=False),
            ),
            models.CheckConstraint(
                name="course_resolved_with_its_hours",
                condition=Q(resolved_on=None, resolve_hours=None)
                | Q(resolved_on__isnull=False, resolve_hours__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"course of {self.enquiry_id}"


class Measure(models.TextChoices):
    """What a figure counts, by the month in which it happened."""

    CAME = "came", _("Came in")
    REPLIED = "replied", _("First replies")
    RESOLVED = "resolved", _("Resolved")
    TAKEN_UP = "taken-up", _("Taken up again")


class By(models.TextChoices):
    """What the rows of the figures are."""

    MONTH = "month", _("Month")
    TOPIC = "topic", _("Group of topics")
    PROVIDER = "provider", _("Provider")
    CHANNEL = "channel", _("Channel")
    HOUR = "hour", _("Hour of arrival")


class Figure(models.Model):
    """So many of one kind: a row of a summary, exact, and shown to nobody as it is.

    key: which topic group, provider, channel or hour; "" by month. hours: 0 where nothing took
    time. in_time: of first replies, whether they came when they were promised.
    """

    by = models.CharField(max_length=8, choices=By)
    key = models.CharField(max_length=80, blank=True)
    measure = models.CharField(max_length=8, choices=Measure)
    month = models.DateField()
    hours = models.PositiveIntegerField()
    in_time = models.BooleanField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "month", "measure", "key", "hours", "in_time"],
                name="advice_figure_once",
            ),
        ]
        indexes = [models.Index(fields=["month"], name="advice_figure_of_a_month")]

    def __str__(self) -> str:
        return f"{self.measure} of {self.month}"


class Reckoning(ReckoningModel):
    """That the figures of the advice line were reckoned on a day."""
