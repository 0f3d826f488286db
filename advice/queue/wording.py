"""How a queue says when something is due: near times in words, late ones as how late."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.dates import time_in_words
from advice.intake.models import Enquiry, Status

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


def near(at: datetime.datetime, now: datetime.datetime) -> str:
    """3:30pm today, 9am tomorrow, 9:02am Thursday, 9am on 15 April 2027."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    words = {"time": time_in_words(local.time()), "day": day_in_words(local.date(), today)}
    if 0 <= (local.date() - today).days < 7:
        return _("%(time)s %(day)s") % words
    return _("%(time)s on %(day)s") % words


def day_in_words(day: datetime.date, today: datetime.date) -> str:
    """The day as people name it: today, tomorrow, a weekday within a week, else the date."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return _("tomorrow") if ahead else _("today")
    if abs(ahead) < 7:
        return str(WEEKDAYS[day.weekday()])
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def how_late(late: datetime.timedelta) -> str:
    """40 minutes, 3 hours, 2 days: whole ones, rounded down, at least one minute."""
    if late >= 2 * DAY:
        return ngettext("%d day", "%d days", late.days) % late.days
    if late >= HOUR:
        hours = late // HOUR
        return ngettext("%d hour", "%d hours", hours) % hours
    minutes = max(late // datetime.timedelta(minutes=1), 1)
    return ngettext("%d minute", "%d minutes", minutes) % minutes


def first_due(due_at: datetime.datetime, now: datetime.datetime) -> str:
    """When the first of many is due."""
    if due_at < now:
        return _("The first is %(late)s late") % {"late": how_late(now - due_at)}
    return _("The first is due by %(when)s") % {"when": near(due_at, now)}


def due(enquiry: Enquiry, now: datetime.datetime) -> str:
    """When the next word of ours is due, or what the clock waits for."""
    if not enquiry.is_running:
        return _rests(enquiry, now)
    first = enquiry.first_replied_at is None
    if enquiry.is_late_at(now):
        words = _("First reply %(late)s late") if first else _("Reply %(late)s late")
        return words % {"late": how_late(now - enquiry.due_at)}
    words = _("First reply by %(when)s") if first else _("Reply by %(when)s")
    return words % {"when": near(enquiry.due_at, now)}


def _rests(enquiry: Enquiry, now: datetime.datetime) -> str:
    if enquiry.status != Status.WAITING_FOR_ENQUIRER:
        return _("Nothing is due")
    today = timezone.localtime(now).date()
    since = day_in_words(timezone.localtime(enquiry.status_at).date(), today)
    return _("Clock stopped: waits for them since %(day)s") % {"day": since}


def why_next(enquiry: Enquiry, now: datetime.datetime) -> str:
    """The code of why an enquiry comes first, for its event."""
    if enquiry.urgent:
        return "urgent"
    return "late" if enquiry.is_late_at(now) else "due-first"


def why_this_one(code: str) -> str:
    """Why an enquiry comes first of those that one may take, in one sentence."""
    if code == "urgent":
        return _("It is urgent, and urgent ones come first.")
    if code == "late":
        return _("It is late, and late comes first.")
    return _("It is due first of those free to you.")
