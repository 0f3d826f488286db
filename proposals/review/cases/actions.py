"""Keeping views of all cases."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import ngettext

from accounts.models import User
from activity.actors import holds
from activity.once import key_of
from activity.transactions import in_one_piece
from proposals.draft.models.proposal import OFFICIALS
from proposals.review.cases.models import SavedView

MOST = 50


@in_one_piece
def save_view(
    *, name: str, filters: str, is_shared: bool, once: uuid.UUID | None = None, by: User
) -> SavedView:
    """Keep filters under a name. Pressed twice, they are kept once.

    Raises PermissionDenied for whoever is no official, ValidationError beyond MOST views.
    """
    if not holds(by, *OFFICIALS):
        raise PermissionDenied
    # One at a time for each person, so that none is kept beyond the bound.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    key = key_of(once, by.pk, is_shared, filters, name)
    if kept := SavedView.objects.filter(once=key).first():
        return kept
    if SavedView.objects.filter(owner=by).count() >= MOST:
        words = ngettext(
            "You have %(most)d view, and that is the most. Delete one that you do not use",
            "You have %(most)d views, and that is the most. Delete one that you do not use",
            MOST,
        )
        raise ValidationError(words % {"most": MOST})
    return SavedView.objects.create(
        owner=by, name=name, filters=filters, is_shared=is_shared, once=key
    )


@in_one_piece
def change_view(*, view: SavedView, name: str, is_shared: bool, by: User) -> SavedView:
    """Name a view otherwise, share it or take it back. Raises PermissionDenied for any but its owner."""
    _must_own(view, by)
    view.name, view.is_shared = name, is_shared
    view.save(update_fields=["name", "is_shared"])
    return view


@in_one_piece
def delete_view(*, view: SavedView, by: User) -> None:
    """Keep a view no longer. Raises PermissionDenied for any but its owner."""
    _must_own(view, by)
    view.delete()


def _must_own(view: SavedView, by: User) -> None:
    if view.owner_id != by.pk or not holds(by, *OFFICIALS):
        raise PermissionDenied
