"""The roles that people hold in bodies, from a date to a date."""

from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.people import User


class Role(models.TextChoices):
    """What somebody may do in the portal. Being in a proposal's team is no role: see its members."""

    REVIEWER = "reviewer", _("Reviewer")
    DECISION_MAKER = "decision-maker", _("Decision maker")
    COORDINATOR = "coordinator", _("Programme coordinator")
    ADVISER = "adviser", _("Adviser")
    ADVICE_LEAD = "advice-lead", _("Advice lead")
    MENTOR = "mentor", _("Mentor")
    CHALLENGE_GROUP = "challenge-group", _("Challenge group")
    ADMINISTRATOR = "administrator", _("Administrator")
    OBSERVER = "observer", _("Observer")


class DateRange(Func):
    """PostgreSQL's daterange(from, until)."""

    function = "daterange"
    output_field = DateRangeField()


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Reads of who holds which role."""

    def current(self, on: datetime.date) -> AppointmentQuerySet:
        """Those that hold on that date; `ends_on` is the first day without the role."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


class Appointment(models.Model):
    """A role held by a person in an organisation, from a date to a date. key: for its address."""

    key = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=16, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appointments"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            ExclusionConstraint(
                name="appointment_held_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} in {self.organisation}"
