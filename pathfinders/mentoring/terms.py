"""When an offer must be answered."""

from __future__ import annotations

import datetime

from activity import worktime

# (from which day on, working days to answer). Terms in use are never changed: add a line.
WORKING_DAYS = ((datetime.date(2010, 8, 17), 10),)


def days_to_answer(on: datetime.date) -> int:
    """How many working days both sides have for an offer made on that day."""
    return next(days for since, days in reversed(WORKING_DAYS) if since <= on)


def answer_by(offered_on: datetime.date) -> datetime.date:
    """The day by which both sides answer; the day of the offer is not counted."""
    return explained(offered_on).due_on


def explained(offered_on: datetime.date) -> worktime.DueDate:
    """How that day came about, for the page. Mentors and the programme keep England's calendar."""
    calendar = worktime.calendar_for(worktime.ENGLAND_AND_WALES)
    return worktime.explain(offered_on, days_to_answer(offered_on), [], calendar)
