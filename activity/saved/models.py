"""Filters of a list under a name, as an app's own model keeps them."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

from activity import clock
from activity.actors import Actor


def new_key() -> str:
    """A short name for an address; it need not be secret."""
    return get_random_string(8)


class SavedViewModel(models.Model):
    """Filters of a list under a name. They are what an address says, and no list of records.

    key: for its address. filters: as in the address, after its question mark. once: the key of
    saving it from one page. An app's own model says who may keep and open one.
    """

    # How many one person keeps.
    MOST: ClassVar[int]

    key = models.CharField(max_length=8, default=new_key, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    filters = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"view {self.key}"


V = TypeVar("V", bound=SavedViewModel)


class SavedViewsQuerySet(models.QuerySet[V]):
    """Reads of saved views."""

    def of_owner(self, actor: Actor) -> Self:
        """Those that somebody keeps."""
        return self.filter(owner=getattr(actor, "pk", None))
