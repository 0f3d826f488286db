"""Who looks at what just now: a row that says so for a minute and stops nobody from anything."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Presence(models.Model):
    """One person at one record, as a window of theirs said last.

    place: which audience of the record they are here with, such as "proposal.team"; it also says
    what kind of record `subject_id` is of. spot: which page of that place.
    """

    place = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    spot = models.CharField(max_length=48)
    writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "subject_id", "user"], name="presence_once_a_person_and_place"
            )
        ]
        indexes = [models.Index(fields=["seen_at"], name="presence_old_ones")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.place} {self.subject_id}"
