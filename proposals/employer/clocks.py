"""By when an employer is to answer: in the working days of where it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

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
    scheme = scheme_of(proposal, asked_on)
    return due_on(asked_on, scheme.employer_days, [], calendar_of(proposal))


@dataclass(frozen=True)
class Ladder:
    """The days on which a silence comes to the employer's department, and to the Cabinet Office."""

    department_on: datetime.date
    cabinet_office_on: datetime.date


def ladder(due: datetime.date, scheme: SchemeVersion, calendar: Calendar) -> Ladder:
    """When a silence goes on to whom, counted from the day by which the answer was due. Pure."""
    after = (scheme.employer_department_days, scheme.employer_cabinet_office_days)
    return Ladder(*(due_on(due, days - scheme.employer_days, [], calendar) for days in after))


def day_of(proposal: Proposal) -> datetime.date:
    """The day that an employer was given; it is asked, or ValueError."""
    if proposal.employer_due_on is None:
        raise ValueError("Nobody is asked at this employer.")
    return proposal.employer_due_on


def ladder_of(proposal: Proposal) -> Ladder:
    """The days of a proposal whose employer is asked."""
    due = day_of(proposal)
    return ladder(due, scheme_of(proposal, due), calendar_of(proposal))


def named_answers_by(proposal: Proposal, named_on: datetime.date) -> datetime.date:
    """The last day in time for whoever a department's lead has answer."""
    scheme = scheme_of(proposal, named_on)
    return due_on(named_on, scheme.employer_named_days, [], calendar_of(proposal))


def scheme_of(proposal: Proposal, on: datetime.date) -> SchemeVersion:
    """The rules that a proposal is judged by, or those of a day where it has none yet."""
    return proposal.scheme or SchemeVersion.objects.in_force(on)


def reminders_due(
    on: datetime.date, due: datetime.date, scheme: SchemeVersion, calendar: Calendar
) -> int:
    """How many reminders fall on or before a day: of three, the last on the day that is due. Pure."""
    left = working_days_between(on, due, [], calendar)
    after = (scheme.employer_remind_days, scheme.employer_remind_again_days, scheme.employer_days)
    return sum(left <= scheme.employer_days - days for days in after)
