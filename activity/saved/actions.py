"""Keeping views, and keeping them no longer."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import ngettext

from accounts.models import User
from activity.once import key_of
from activity.saved.models import SavedViewModel, V
from activity.transactions import in_one_piece


@in_one_piece
def save(
    kind: type[V], *, name: str, filters: str, once: uuid.UUID | None = None, by: User, **more: Any
) -> V:
    """Keep filters under a name. Pressed twice, they are kept once.

    more: what else a view of this kind is kept with. The caller sees to it that they may keep one.
    Raises ValidationError beyond the most of its kind.
    """
    # One at a time for each person, so that none is kept beyond the bound.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    key = key_of(once, by.pk, *more.values(), filters, name)
    views = kind._default_manager
    if kept := views.filter(once=key).first():
        return kept
    if views.filter(owner=by).count() >= kind.MOST:
        words = ngettext(
            "You have %(most)d view, and that is the most. Delete one that you do not use",
            "You have %(most)d views, and that is the most. Delete one that you do not use",
            kind.MOST,
        )
        raise ValidationError(words % {"most": kind.MOST})
    return views.create(owner=by, name=name, filters=filters, once=key, **more)


@in_one_piece
def change(view: V, *, by: User, **fields: Any) -> V:
    """Keep a view otherwise. Raises PermissionDenied for any but its owner."""
    must_own(view, by)
    for name, value in fields.items():
        setattr(view, name, value)
    view.save(update_fields=list(fields))
    return view


@in_one_piece
def delete(view: SavedViewModel, *, by: User) -> None:
    """Keep a view no longer. Raises PermissionDenied for any but its owner."""
    must_own(view, by)
    view.delete()


def must_own(view: SavedViewModel, by: User) -> None:
    """Raise PermissionDenied for any but its owner."""
    if view.owner_id != by.pk:
        raise PermissionDenied
