"""Rows that hold from a date to a date: what was in force is known for ever."""

from __future__ import annotations

import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    """Reads of rows that hold from a date, and until the day before another if it is known."""

    def not_over(self, on: datetime.date) -> Self:
        """Those that hold on that date, or are to come."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on))

    def in_force(self, on: datetime.date) -> Self:
        """Those that hold on that date."""
        return self.not_over(on).filter(starts_on__lte=on)


class Dated(models.Model):
    """Something that holds from a date; changed, it is ended and another begins."""

    starts_on = models.DateField(_("in force from"))
    ends_on = models.DateField(_("no more from"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            )
        ]
