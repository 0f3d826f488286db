"""What an enquiry is about, where it is about something that has a reference of ours."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from activity import clock
from advice.intake.models.enquiry import Enquiry

# A proposal or a pathfinder.
SHAPE = r"^(RTP-[0-9]{4}-[0-9]{4,}|PF-[0-9]{4,})$"


class About(models.Model):
    """One proposal or pathfinder that an enquiry is about.

    reference: as the enquirer told it. Advisers read no proposals, so nothing says whether there is
    one of that number.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="about")
    reference = models.CharField(max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "reference"], name="about_said_once"),
            models.CheckConstraint(
                name="about_is_a_reference", condition=models.Q(reference__regex=SHAPE)
            ),
        ]

    def __str__(self) -> str:
        return self.reference
