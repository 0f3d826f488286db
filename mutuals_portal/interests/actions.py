"""What people declare of their ties to bodies, and what that stops at once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from accounts.models import Interest, Organisation, Tie, User
from activity import clock
from activity.models import Event
from activity.transactions import in_one_piece
from advice.intake import people
from advice.queue import leaving, profiles
from proposals.models import Proposal
from proposals.review import actions as review


@dataclass(frozen=True)
class Stopped:
    """What somebody is off: the cases that they opened or answered for, and how many enquiries."""

    cases: list[Proposal]
    enquiries: int


@in_one_piece
def declare(
    *, organisation: Organisation, tie: Tie, starts_on: datetime.date | None, by: User
) -> Stopped:
    """Keep an interest, and take the person off what they have in hand of the body and its staff.

    All other cases of the body and questions of its staff close to them too, also those to come.
    Pressed twice, it is kept once.
    """
    # Whoever gives them an enquiry meanwhile comes before this, or is refused.
    if people.providers_of(by):
        profiles.lock_own(by)
    # First: with the interest in force they could not say of a case that it is one.
    cases = review.stop_for(by=by, organisation=organisation)
    stopped = Stopped(cases, leaving.hand_back(by=by, organisation=organisation))
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
