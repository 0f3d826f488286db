"""Views of the queue that somebody keeps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

from activity import clock


def new_key() -> str:
    """A short name for an address; it need not be secret."""
    return get_random_string(8)


class QueueView(models.Model):
    """A view of the queue with filters, under a name. It is what an address says, and no list.

    key: for its address. filters: as in the address, after its question mark. once: the key of
    saving it from one page. Only its owner sees it: a filter holds the words that they look for.
    """

    key = models.CharField(max_length=8, default=new_key, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="queue_views"
    )
    name = models.CharField(max_length=100)
    filters = models.TextField()
    saved_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"view {self.key}"
