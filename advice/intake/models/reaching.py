"""How an enquirer may be reached safely, as facts that the portal can go by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RingDays(models.TextChoices):
    """The days on which it is safe to ring. "" is any day."""

    WEEKDAYS = "weekdays", _("Monday to Friday")
    WEEKENDS = "weekends", _("Saturday and Sunday")
    MONDAYS = "mondays", _("Mondays")
    TUESDAYS = "tuesdays", _("Tuesdays")
    WEDNESDAYS = "wednesdays", _("Wednesdays")
    THURSDAYS = "thursdays", _("Thursdays")
    FRIDAYS = "fridays", _("Fridays")
    SATURDAYS = "saturdays", _("Saturdays")
    SUNDAYS = "sundays", _("Sundays")


WEEKDAYS: dict[str, range] = {
    "": range(7),
    RingDays.WEEKDAYS: range(5),
    RingDays.WEEKENDS: range(5, 7),
    **{day: range(number, number + 1) for number, day in enumerate(list(RingDays)[2:])},
}


class Reaching(models.Model):
    """What somebody said of how to reach them. None and "" where they did not say.

    ring_from, ring_until: UK time, on each of those days. say_we_are: who we say we are when
    somebody else picks up.
    """

    may_ring = models.BooleanField(null=True)
    may_leave_message = models.BooleanField(null=True)
    may_write = models.BooleanField(null=True)
    ring_days = models.CharField(max_length=10, choices=RingDays, blank=True)
    ring_from = models.TimeField(null=True)
    ring_until = models.TimeField(null=True)
    say_we_are = models.CharField(max_length=100, blank=True)

    class Meta:
        abstract = True

    @property
    def weekdays(self) -> range:
        """The days on which it is safe to ring, Monday being 0."""
        return WEEKDAYS[self.ring_days]
