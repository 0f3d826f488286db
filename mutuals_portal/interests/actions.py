"""What people declare of their ties to bodies, and what that stops at once."""

from __future__ import annotations

import datetime

from accounts.models import Interest, Organisation, Tie, User
from activity import clock
from activity.models import Event
from activity.transactions import in_one_piece
from proposals.models import Proposal
from proposals.review import actions as review


@in_one_piece
def declare(
    *, organisation: Organisation, tie: Tie, starts_on: datetime.date | None, by: User
) -> list[Proposal]:
    """Keep an interest, and take the person off the cases of the body that they have in hand.

    In hand are those that they opened or answer for, which are returned. All other cases of the
    body close to them too, also those to come. Pressed twice, it is kept once.
    """
    # First: with the interest in force they could not say of a case that it is one.
    stopped = review.stop_for(by=by, organisation=organisation)
    declared, is_new = Interest.objects.get_or_create(
        user=by,
        organisation=organisation,
        tie=tie,
        ends_on=None,
        defaults={"starts_on": starts_on, "declared_at": clock.now()},
    )
    if is_new:
        Event.objects.write("interest.declare", declared, by=by)
    return stopped


@in_one_piece
def end(*, interest: Interest, ends_on: datetime.date, by: User) -> Interest:
    """Say that an interest has ended; it counts for two years more. Pressed twice, it ends once."""
    fresh = Interest.objects.select_for_update().get(pk=interest.pk)
    if fresh.ends_on is None:
        fresh.ends_on = ends_on
        fresh.save(update_fields=["ends_on"])
        Event.objects.write("interest.end", fresh, by=by)
    return fresh
