"""Somebody asked for a new link: kept until a worker has looked whether there is one."""

from django.db import models

from activity import clock


class LostLink(models.Model):
    """An address that somebody typed who lost a link. Gone as soon as it was looked up.

    The page writes it and looks nothing up, so that its answer takes as long for any address.
    """

    address = models.EmailField()
    asked_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"lost link {self.pk}"
