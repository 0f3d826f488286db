"""That figures were reckoned, and when: once a day."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from activity import clock


class ReckoningModel(models.Model):
    """That the figures were reckoned on a day, and when."""

    day = models.DateField(unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        ordering = ["day"]

    def __str__(self) -> str:
        return f"figures of {self.day}"

    @classmethod
    def mark(cls) -> None:
        """Say when; who comes at the same time waits here for the other to end."""
        now = clock.now()
        cls._default_manager.update_or_create(day=timezone.localdate(now), defaults={"at": now})
