"""When a proposal lapses that its team does not touch: after two warnings, and never before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from activity import clock
from activity.actors import System
from activity.models import Event
from proposals.draft.models import Proposal, SchemeVersion
from proposals.draft.models.proposal import MAY_LAPSE

LAPSING = System("lapsing")
WARNING = "proposal.lapse_warning"
WARNINGS = 2


@dataclass(frozen=True)
class Days:
    """Days without a touch until the first warning, the second, and the lapse."""

    warn: int
    warn_again: int
    lapse: int


@dataclass(frozen=True)
class Due:
    """What comes next: a warning of this number, or for None the lapse; on that day or later."""

    warning: int | None
    on: datetime.date


def next_due(since: datetime.date, warned_on: Sequence[datetime.date], days: Days) -> Due:
    """What comes next of a silence. warned_on: the days on which its team was warned so far.

    Each counts from the one before it: a warning that comes late puts off the lapse, so that
    nothing comes before the day that was announced. Pure.
    """
    if not warned_on:
        return Due(1, since + datetime.timedelta(days.warn))
    if len(warned_on) < WARNINGS:
        return Due(2, warned_on[0] + datetime.timedelta(days.warn_again - days.warn))
    return Due(None, warned_on[1] + datetime.timedelta(days.lapse - days.warn_again))


def lapses_on(warned_on: datetime.date, number: int, days: Days) -> datetime.date:
    """The day that a warning announces. Pure."""
    gone = days.warn if number == 1 else days.warn_again
    return warned_on + datetime.timedelta(days.lapse - gone)


def days_in_force(on: datetime.date) -> Days:
    """The days of the scheme of that day."""
    scheme = SchemeVersion.objects.in_force(on)
    return Days(scheme.warn_after_days, scheme.warn_again_after_days, scheme.lapse_after_days)


def quiet_since(proposal: Proposal) -> datetime.datetime:
    """When the team last did anything, or the status last changed; read anew."""
    return Proposal.objects.quiet_since(proposal.pk)


def warnings(proposal: Proposal, since: datetime.datetime) -> list[Event]:
    """The warnings of a silence, oldest first."""
    return list(Event.objects.of(proposal).filter(kind=WARNING, at__gt=since))


def due(proposal: Proposal, days: Days) -> Due | None:
    """What comes next of a proposal; None for one that does not wait for its team."""
    if proposal.status not in MAY_LAPSE:
        return None
    since = quiet_since(proposal)
    warned_on = [timezone.localdate(event.at) for event in warnings(proposal, since)]
    return next_due(timezone.localdate(since), warned_on, days)


def may_lapse_now(proposal: Proposal) -> bool:
    """Whether the team was warned twice, did nothing, and the day that was announced has come."""
    today = clock.today()
    found = due(proposal, days_in_force(today))
    return found is not None and found.warning is None and found.on <= today


def announced(proposal: Proposal) -> datetime.date | None:
    """The day on which a proposal lapses, once its team was warned of it."""
    if proposal.status not in MAY_LAPSE:
        return None
    last = Event.objects.of(proposal).filter(kind=WARNING).last()
    if last is None or last.at <= quiet_since(proposal):
        return None
    return datetime.date.fromisoformat(last.data["lapses_on"])
