"""What an adviser says of their own work, and the lock under which they are given enquiries."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import models

from accounts.models import User
from activity.actors import forget_roles
from activity.transactions import in_one_piece
from advice.intake import people
from advice.intake.models import AdviserProfile, TopicGroup


def of(user: User) -> AdviserProfile:
    """What somebody said, or what holds of whoever said nothing; writes nothing."""
    return AdviserProfile.objects.filter(user=user).first() or AdviserProfile(user=user)


def are_off(*users: User) -> models.QuerySet[AdviserProfile]:
    """The profiles of those among them who are off duty."""
    return AdviserProfile.objects.filter(user__in=users, on_duty=False)


def lock_own(by: User) -> AdviserProfile:
    """Make the presses of one person follow each other, so that no limit is passed by two.

    Their roles are read anew after it, and so is whatever else the caller asks: somebody who
    waited here is judged as they are by then.
    """
    AdviserProfile.objects.bulk_create([AdviserProfile(user=by)], ignore_conflicts=True)
    profile = AdviserProfile.objects.select_for_update(no_key=True).get(user=by)
    forget_roles(by)
    return profile


@in_one_piece
def set_duty(*, on_duty: bool, by: User) -> AdviserProfile:
    """Come on duty, or go off. Pressed twice, it is so once. PermissionDenied for no adviser."""
    profile = _own(by)
    profile.on_duty = on_duty
    profile.save(update_fields=["on_duty"])
    return profile


@in_one_piece
def change(*, skills: Iterable[TopicGroup], most: int | None, by: User) -> AdviserProfile:
    """Say what one takes, and how many at once. PermissionDenied for no adviser."""
    profile = _own(by)
    profile.most = most
    profile.save(update_fields=["most"])
    profile.skills.set(skills)
    return profile


def _own(by: User) -> AdviserProfile:
    profile = lock_own(by)
    if not people.takes(by):
        raise PermissionDenied
    return profile
