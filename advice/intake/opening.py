"""Whether the line is open, until or from when, and what happens to whoever rings meanwhile. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activity.dates import long_in_words, time_in_words
from activity.worktime import UK, Calendar, due_on
from advice.intake import clocks
from advice.intake.models import AdvicePolicy


@dataclass(frozen=True)
class Opening:
    """The line at one moment. words: "Open now until 5pm".

    voicemail_by: the day by whose end a message left now is returned; None where there is none.
    """

    is_open: bool
    words: str
    voicemail_by: datetime.date | None


def opening(policy: AdvicePolicy, at: datetime.datetime) -> Opening:
    """Whether the line is open at this moment (aware, in any zone)."""
    calendar = clocks.calendar_of(policy)
    local = at.astimezone(UK)
    day = local.date()
    by = None
    if days := policy.voicemail_working_days:
        by = due_on(day, days, [], calendar)
    if calendar.is_working(day) and calendar.opens <= local.time() < calendar.closes:
        words = _("Open now until %(time)s.") % {"time": time_in_words(calendar.closes)}
        return Opening(True, words, by)
    return Opening(False, _closed(calendar, local), by)


def _closed(calendar: Calendar, local: datetime.datetime) -> str:
    """Why it is closed, if a holiday is why, and when it opens."""
    day, opens = local.date(), time_in_words(calendar.opens)
    if calendar.is_working(day) and local.time() < calendar.opens:
        return _("Closed. Opens today at %(time)s.") % {"time": opens}
    named = calendar.closure(day)
    first = _("Closed for %(holiday)s.") % {"holiday": named} if named else _("Closed.")
    then = long_in_words(next_open(calendar, day))
    return f"{first} " + _("Opens at %(time)s on %(day)s.") % {"time": opens, "day": then}


def next_open(calendar: Calendar, after: datetime.date) -> datetime.date:
    """The first day after this one on which the line is open."""
    return due_on(after, 1, [], calendar)
