"""Linking an enquiry to the proposal or the pathfinder that it is about."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.models import User
from activity.models import Event
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from advice.intake import people
from advice.intake.models import About, Enquiry


@in_one_piece
def link(*, enquiry: Enquiry, reference: str, by: User) -> About:
    """Note what an enquiry is about. Pressed twice, it is noted once.

    MovedOn when it went to another provider since it was read, PermissionDenied for whoever does
    not answer for its provider.
    """
    fresh = _answered_by(by, enquiry)
    found, is_new = About.objects.get_or_create(
        enquiry=fresh, reference=reference, defaults={"by": by}
    )
    if is_new:
        Event.objects.write("enquiry.link", fresh, by=by, data={"about": reference})
    return found


@in_one_piece
def unlink(*, enquiry: Enquiry, reference: str, by: User) -> None:
    """Take a link back. Pressed twice, or when it is gone, nothing more happens."""
    fresh = _answered_by(by, enquiry)
    gone, _of = About.objects.filter(enquiry=fresh, reference=reference).delete()
    if gone:
        Event.objects.write("enquiry.unlink", fresh, by=by, data={"about": reference})


def _answered_by(by: User, enquiry: Enquiry) -> Enquiry:
    fresh = lock(Enquiry, enquiry.pk, by=by)
    if not people.answers_for(by, fresh):
        raise MovedOn(fresh) if fresh.provider_id != enquiry.provider_id else PermissionDenied
    return fresh
