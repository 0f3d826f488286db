"""Time away from a role, and who stands in meanwhile."""

from __future__ import annotations

import datetime
import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.roles import Appointment, DateRange, Role

# The roles whose work somebody else can do for a while.
COVERED = (
    Role.REVIEWER,
    Role.DECISION_MAKER,
    Role.COORDINATOR,
    Role.ADVISER,
    Role.ADVICE_LEAD,
)


class Reply(models.TextChoices):
    """What somebody who is asked to stand in has said."""

    ASKED = "asked", _("Asked, no answer yet")
    AGREED = "agreed", _("Stands in")
    REFUSED = "refused", _("Cannot stand in")


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Reads of who is away."""

    def planned(self) -> AbsenceQuerySet:
        """Those that were not called off."""
        return self.filter(called_off_at=None)

    def lasting(self, day: datetime.date) -> AbsenceQuerySet:
        """Those that are not over on that day: they hold on it, or are to come."""
        return self.planned().filter(ends_on__gte=day)

    def on(self, day: datetime.date) -> AbsenceQuerySet:
        """Those that hold on that day: both ends are days away."""
        return self.lasting(day).filter(starts_on__lte=day)

    def between(self, first: datetime.date, last: datetime.date) -> AbsenceQuerySet:
        """Those that share a day with these, both ends included."""
        return self.planned().filter(starts_on__lte=last, ends_on__gte=first)

    def covered(self, day: datetime.date) -> AbsenceQuerySet:
        """Those of that day for which somebody stands in who may: agreed, active, in a like role."""
        stand_ins = Appointment.objects.current(day).filter(
            user=OuterRef(OuterRef("stand_in")),
            role=OuterRef("role"),
            organisation=OuterRef("organisation"),
        )
        alike = Appointment.objects.current(day).filter(
            Exists(stand_ins), user=OuterRef("user"), role__in=COVERED
        )
        agreed = self.on(day).filter(reply=Reply.AGREED, stand_in__is_active=True)
        return agreed.filter(Exists(alike))


class Absence(models.Model):
    """Days on which somebody is away from their work, and who stands in for them.

    key: for its address. starts_on, ends_on: the first and the last day away. stand_in: who was
    asked, or None; reply: what they said, "" where nobody was asked. called_off_at: they were not
    away after all. Ended early, it ends on the day before they were back.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    stand_in = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="stands_in"
    )
    reply = models.CharField(max_length=7, choices=Reply, blank=True)
    called_off_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="absence_stand_in_is_another",
                condition=Q(stand_in=None) | ~Q(stand_in=F("user")),
            ),
            models.CheckConstraint(
                name="absence_reply_of_somebody",
                condition=Q(stand_in=None, reply="")
                | Q(stand_in__isnull=False, reply__in=Reply.values),
            ),
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(called_off_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"absence of {self.user_id} until {self.ends_on}"
