"""By when an employer is to answer: in the working days of where it is."""

from __future__ import annotations

import datetime

from accounts.models import Nation
from activity.worktime import (
    ENGLAND_AND_WALES,
    NORTHERN_IRELAND,
    SCOTLAND,
    Calendar,
    calendar_for,
    due_on,
    working_days_between,
)
from proposals.draft.models import Proposal, SchemeVersion

CALENDARS = {
    Nation.ENGLAND: ENGLAND_AND_WALES,
    Nation.WALES: ENGLAND_AND_WALES,
    Nation.SCOTLAND: SCOTLAND,
    Nation.NORTHERN_IRELAND: NORTHERN_IRELAND,
}


def calendar_of(proposal: Proposal) -> Calendar:
    """The calendar of whoever must act: the employer's own nation."""
    return calendar_for(CALENDARS[Nation(proposal.employer.nation)])


def answer_by(proposal: Proposal, asked_on: datetime.date) -> datetime.date:
    """The last day on which an answer is in time of an official who is asked on that day."""
    scheme = proposal.scheme or SchemeVersion.objects.in_force(asked_on)
    return due_on(asked_on, scheme.employer_days, [], calendar_of(proposal))


def reminders_due(
    on: datetime.date, due: datetime.date, scheme: SchemeVersion, calendar: Calendar
) -> int:
    """How many reminders fall on or before a day: of three, the last on the day that is due. Pure."""
    left = working_days_between(on, due, [], calendar)
    after = (scheme.employer_remind_days, scheme.employer_remind_again_days, scheme.employer_days)
    return sum(left <= scheme.employer_days - days for days in after)
