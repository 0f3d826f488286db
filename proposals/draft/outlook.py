"""When a team may hear: the promise, how it came about, and what past proposals took."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from activity import clock
from activity.worktime import ENGLAND_AND_WALES, DueDate, calendar_for, due_on
from proposals.draft import clocks, forecast
from proposals.draft.forecast import Forecast
from proposals.draft.models import Proposal, SchemeVersion, Status
from proposals.draft.models.proposal import WITH_THE_TEAM

# What a draft is shown supposes that it is submitted so many working days from now.
READY_IN_DAYS = 10


@dataclass(frozen=True)
class Submitted:
    """The outlook of a proposal that officials have. is_at: working days since its submission."""

    clock: DueDate
    forecast: Forecast
    is_at: int
    is_late: bool
    stands_still: bool


@dataclass(frozen=True)
class Draft:
    """The outlook of a draft. by, then: submitted by the one, decided by the other at the latest."""

    by: datetime.date
    then: datetime.date
    working_days: int
    forecast: Forecast


def of_submitted(proposal: Proposal) -> Submitted | None:
    """The outlook of a proposal while officials have it; otherwise None."""
    if proposal.promised_on is None or proposal.scheme_id is None:
        return None
    return Submitted(
        clock=clocks.explained(proposal, proposal.scheme),
        forecast=forecast.for_scheme(proposal.scheme_id),
        is_at=clocks.days_so_far(proposal),
        is_late=proposal.is_late(clock.today()),
        stands_still=proposal.status == Status.CHANGES_REQUESTED,
    )


def of_draft(proposal: Proposal) -> Draft | None:
    """The outlook of a proposal that its team still has; otherwise None."""
    if proposal.status not in WITH_THE_TEAM:
        return None
    today, calendar = clock.today(), calendar_for(ENGLAND_AND_WALES)
    by = due_on(today, READY_IN_DAYS, [], calendar)
    scheme = SchemeVersion.objects.in_force(by)
    return Draft(
        by=by,
        then=due_on(by, scheme.decision_days, [], calendar),
        working_days=scheme.decision_days,
        forecast=forecast.for_scheme(scheme.pk),
    )
