"""Views of all cases that officials keep."""

from __future__ import annotations

from typing import TypeGuard

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.urls import reverse

from accounts.models import User
from activity.actors import Actor, holds
from activity.saved.models import SavedViewModel, SavedViewsQuerySet
from proposals.draft.models.proposal import OFFICIALS


def _is_official(actor: Actor) -> TypeGuard[User]:
    return isinstance(actor, User) and holds(actor, *OFFICIALS)


class SavedViewQuerySet(SavedViewsQuerySet["SavedView"]):
    """Reads of saved views: one's own, and those that others share."""

    def of_owner(self, actor: Actor) -> SavedViewQuerySet:
        """Those that an official keeps."""
        return super().of_owner(actor) if _is_official(actor) else self.none()

    def shared_with(self, actor: Actor) -> SavedViewQuerySet:
        """Those that other officials share."""
        if not _is_official(actor):
            return self.none()
        return self.filter(is_shared=True).exclude(owner=actor)

    def visible_to(self, actor: Actor) -> SavedViewQuerySet:
        """Every view that the actor may open."""
        return self.of_owner(actor) | self.shared_with(actor)


class SavedView(SavedViewModel):
    """Filters of all cases. is_shared: whether every official may read and open it."""

    MOST = 50

    is_shared = models.BooleanField(default=False)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta(SavedViewModel.Meta):
        indexes = [
            models.Index(
                fields=["name", "id"], name="saved_view_shared", condition=models.Q(is_shared=True)
            )
        ]

    def get_absolute_url(self) -> str:
        """Where it is opened: an address to share."""
        return reverse("proposals:view_open", args=[self.key])
