"""By when an employer is to answer, and how that day came about: in the working days of where it is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Nation
from activity.worktime import (
    ENGLAND_AND_WALES,
    NORTHERN_IRELAND,
    SCOTLAND,
    Calendar,
    DueDate,
    calendar_for,
    explain,
    working_days_between,
)
from proposals.draft.models import Proposal, SchemeVersion
from proposals.employer.models import PASSED_ON, Basis, EmployerInvitation

CALENDARS = {
    Nation.ENGLAND: ENGLAND_AND_WALES,
    Nation.WALES: ENGLAND_AND_WALES,
    Nation.SCOTLAND: SCOTLAND,
    Nation.NORTHERN_IRELAND: NORTHERN_IRELAND,
}
CALENDAR_NAMES = {
    ENGLAND_AND_WALES: _("England and Wales"),
    SCOTLAND: _("Scotland"),
    NORTHERN_IRELAND: _("Northern Ireland"),
}


def calendar_of(proposal: Proposal) -> Calendar:
    """The calendar of whoever must act: the employer's own nation."""
    return calendar_for(CALENDARS[Nation(proposal.employer.nation)])


def answer_by(proposal: Proposal, asked_on: datetime.date) -> datetime.date:
    """The last day on which an answer is in time of an official who is asked on that day."""
    return _answered(proposal, asked_on).due_on


def _answered(proposal: Proposal, asked_on: datetime.date) -> DueDate:
    days = scheme_of(proposal, asked_on).employer_days
    return explain(asked_on, days, [], calendar_of(proposal))


def _named_answered(proposal: Proposal, named_on: datetime.date) -> DueDate:
    days = scheme_of(proposal, named_on).employer_named_days
    return explain(named_on, days, [], calendar_of(proposal))


def explained(proposal: Proposal, asked: Sequence[EmployerInvitation]) -> DueDate:
    """How the day came about that whoever is asked last was given.

    asked: everybody who was asked, the last first; somebody. The day stays when another is asked
    instead, so it is counted from the first of those who were given it, one after another.
    """
    first = asked[0]
    for earlier in asked[1:]:
        if earlier.due_on != first.due_on or earlier.ended_because not in PASSED_ON:
            break
        first = earlier
    began_on = timezone.localdate(first.asked_at)
    by_department = first.basis in (Basis.DEPARTMENT, Basis.LEAD)
    return (_named_answered if by_department else _answered)(proposal, began_on)


@dataclass(frozen=True)
class Ladder:
    """The days on which a silence comes to the employer's department, and to the Cabinet Office."""

    department_on: datetime.date
    cabinet_office_on: datetime.date


def ladder(due: datetime.date, scheme: SchemeVersion, calendar: Calendar) -> Ladder:
    """When a silence goes on to whom, counted from the day by which the answer was due. Pure."""
    return Ladder(*(each.due_on for each in ladder_explained(due, scheme, calendar)))


def ladder_explained(
    due: datetime.date, scheme: SchemeVersion, calendar: Calendar
) -> tuple[DueDate, DueDate]:
    """How the days came about on which a silence goes to the department, and further. Pure."""
    to_department, to_cabinet_office = (
        explain(due, days - scheme.employer_days, [], calendar)
        for days in (scheme.employer_department_days, scheme.employer_cabinet_office_days)
    )
    return to_department, to_cabinet_office


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
    return _named_answered(proposal, named_on).due_on


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
