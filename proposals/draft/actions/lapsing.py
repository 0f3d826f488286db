"""What becomes of a proposal that its team does not touch: warned, lapsed, brought back."""

from __future__ import annotations

import datetime
from functools import partial

from accounts.models import User
from activity import clock, notices, outbox
from activity.actors import Actor
from activity.models import Event
from activity.transactions import in_one_piece, lock, tried
from activity.workflow import take
from proposals.draft import clocks, lapsing, steps
from proposals.draft.lapsing import LAPSING, WARNING, Days
from proposals.draft.models import Proposal


def go_through_the_quiet() -> int:
    """Warn or lapse whatever is due. Return how many.

    Only when a reminder may be read: on working days, 8am to 6pm. Each in a transaction of its
    own, which holds the warning and its note alike; one that cannot be had now is tried again
    next time.
    """
    now = clock.now()
    if not notices.may_remind(now):
        return 0
    days = lapsing.days_in_force(clock.today())
    before = now - datetime.timedelta(days=days.warn - 1)
    found = Proposal.objects.quiet(before).order_by("status_at", "pk")
    return sum(
        tried(partial(go_on, proposal, days), "quiet_proposal_not_had")
        for proposal in found.iterator()
    )


@in_one_piece
def go_on(proposal: Proposal, days: Days) -> bool:
    """Warn the team or let the proposal lapse, whichever is due. False when nothing is."""
    fresh = lock(Proposal, proposal.pk)
    due = lapsing.due(fresh, days)
    if due is None or due.on > clock.today():
        return False
    if due.warning is None:
        lapse(proposal=fresh, seen=fresh.revision, by=LAPSING)
    else:
        _warn(fresh, due.warning, days)
    return True


def _warn(proposal: Proposal, number: int, days: Days) -> None:
    day = lapsing.lapses_on(clock.today(), number, days)
    Event.objects.write(WARNING, proposal, by=LAPSING, data={"number": number, "lapses_on": day})
    outbox.tell("proposal.lapse_warning", proposal, steps.team(proposal), due_on=day)


def lapse(*, proposal: Proposal, seen: int, by: Actor) -> Proposal:
    """Set a proposal aside: what was asked to sign is void, and the team is told."""
    return take(steps.LAPSE, proposal, by=by, seen=seen)


@in_one_piece
def revive(*, proposal: Proposal, seen: int, by: User) -> Proposal:
    """Bring a proposal back to where it was; while it was away, its clock stood still."""
    fresh = lock(Proposal, proposal.pk, by=by)
    due_on = clocks.due_on(fresh) if fresh.submitted_at else None
    return take(steps.REVIVE, fresh, by=by, seen=seen, due_on=due_on)
