"""Keeping views of all cases."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied

from accounts.models import User
from activity.actors import holds
from activity.saved import actions as saved
from proposals.draft.models.proposal import OFFICIALS
from proposals.review.cases.models import SavedView


def save_view(
    *, name: str, filters: str, is_shared: bool, once: uuid.UUID | None = None, by: User
) -> SavedView:
    """Keep filters under a name, as `saved.save` does. PermissionDenied for whoever is no official."""
    _must_be_official(by)
    more = {"is_shared": is_shared}
    return saved.save(SavedView, name=name, filters=filters, once=once, by=by, **more)


def change_view(*, view: SavedView, name: str, is_shared: bool, by: User) -> SavedView:
    """Name a view otherwise, share it or take it back. Raises PermissionDenied for any but its owner."""
    _must_be_official(by)
    return saved.change(view, name=name, is_shared=is_shared, by=by)


def delete_view(*, view: SavedView, by: User) -> None:
    """Keep a view no longer. Raises PermissionDenied for any but its owner."""
    _must_be_official(by)
    saved.delete(view, by=by)


def _must_be_official(by: User) -> None:
    if not holds(by, *OFFICIALS):
        raise PermissionDenied
