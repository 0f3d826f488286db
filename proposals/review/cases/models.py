"""Views of all cases that officials keep."""

from __future__ import annotations

from typing import TypeGuard

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.urls import reverse

from accounts.models import User
from activity import clock
from activity.actors import Actor, holds
from proposals.draft.models.proposal import OFFICIALS
from proposals.draft.models.team import new_key


def _is_official(actor: Actor) -> TypeGuard[User]:
    return isinstance(actor, User) and holds(actor, *OFFICIALS)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Reads of saved views: one's own, and those that others share."""

    def of_owner(self, actor: Actor) -> SavedViewQuerySet:
        """Those that an official keeps."""
        return self.filter(owner=actor) if _is_official(actor) else self.none()

    def shared_with(self, actor: Actor) -> SavedViewQuerySet:
        """Those that other officials share."""
        if not _is_official(actor):
            return self.none()
        return self.filter(is_shared=True).exclude(owner=actor)

    def visible_to(self, actor: Actor) -> SavedViewQuerySet:
        """Every view that the actor may open."""
        return self.of_owner(actor) | self.shared_with(actor)


class SavedView(models.Model):
    """Filters of all cases under a name. They are what an address says, and no list of cases.

    key: for its address. filters: as in the address, after its question mark. is_shared: whether
    every official may read and open it. once: the key of saving it from one page.
    """

    key = models.CharField(max_length=8, default=new_key, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(max_length=100)
    filters = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["name", "id"], name="saved_view_shared", condition=models.Q(is_shared=True)
            )
        ]

    def __str__(self) -> str:
        return f"view {self.key}"

    def get_absolute_url(self) -> str:
        """Where it is opened: an address to share."""
        return reverse("proposals:view_open", args=[self.key])
