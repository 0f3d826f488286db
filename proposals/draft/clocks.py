"""The clock of a decision, worked out from what happened."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from activity import clock, worktime
from activity.models import Event
from activity.worktime import ENGLAND_AND_WALES, DueDate, Pause, calendar_for
from proposals.draft import openness
from proposals.draft.models import Proposal, SchemeVersion, Status

# While it is with its team, or set aside, a promise to decide does not run.
STANDS_STILL = (Status.CHANGES_REQUESTED, Status.LAPSED)


def pauses_of(moves: Iterable[tuple[str, datetime.date]], today: datetime.date) -> list[Pause]:
    """The stretches in which the clock stood still. moves: each new status and its day, in order.

    The day on which it stops was worked, and the day on which it goes on is a day of receipt: the
    first is counted, the last is not. One that lasts is paused until today. Pure.
    """
    found: list[Pause] = []
    stopped_on: datetime.date | None = None
    for status, day in [*moves, ("", today)]:
        if status in STANDS_STILL:
            stopped_on = stopped_on or day
        elif stopped_on is not None:
            if day > stopped_on:
                found.append(Pause(stopped_on + datetime.timedelta(1), day))
            stopped_on = None
    return found


def explained(proposal: Proposal, scheme: SchemeVersion | None = None) -> DueDate:
    """How the day of the promise comes about, of a proposal that was submitted.

    scheme: the rules that it is judged by, where they are known already.
    """
    submitted_at = proposal.submitted_at
    if submitted_at is None:
        raise ValueError("The clock of a proposal begins when it is submitted.")
    received_on = timezone.localdate(submitted_at)
    rules = scheme or SchemeVersion.objects.in_force(received_on)
    return worktime.explain(
        received_on,
        rules.decision_days,
        pauses_of(_moves(proposal, submitted_at), clock.today()),
        calendar_for(ENGLAND_AND_WALES),
    )


def _moves(proposal: Proposal, submitted_at: datetime.datetime) -> list[tuple[str, datetime.date]]:
    """Each new status since it was submitted, with its day."""
    if not openness.was_asked(proposal):
        # Nothing else has ever stopped the clock: only what waits for its team lapses.
        return []
    moves = Event.objects.of(proposal).filter(at__gte=submitted_at).exclude(after="")
    return [(after, timezone.localdate(at)) for after, at in moves.values_list("after", "at")]


def days_so_far(proposal: Proposal) -> int:
    """Working days since a proposal was submitted, those included in which its clock stood still.

    0 for one that was not.
    """
    if proposal.submitted_at is None:
        return 0
    received_on = timezone.localdate(proposal.submitted_at)
    calendar = calendar_for(ENGLAND_AND_WALES)
    return worktime.working_days_between(received_on, clock.today(), [], calendar)


def due_on(proposal: Proposal) -> datetime.date:
    """The last day on which a decision is in time, with every pause so far."""
    return explained(proposal).due_on
