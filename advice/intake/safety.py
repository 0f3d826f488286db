"""Whether somebody may be rung now, and why. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from activity.dates import long_in_words, time_in_words
from activity.worktime import UK

if TYPE_CHECKING:
    from advice.intake.models import Contact


class May(StrEnum):
    """The three answers to "may we ring now?"."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True)
class Ring:
    """An answer and why, in one or two sentences."""

    answer: May
    reason: str

    @property
    def is_dialled(self) -> bool:
        """Whether a page offers to dial: never by mistake where the answer is no."""
        return self.answer != May.NO


def may_ring(contact: Contact, at: datetime.datetime) -> Ring:
    """Whether this enquirer may be rung at this moment (aware, in any zone).

    The last minute counts no more: "until 9pm" ends at 9pm.
    """
    if not contact.telephone:
        return Ring(May.NO, _("They gave no number."))
    if contact.may_ring is None:
        return Ring(May.NOT_KNOWN, _("They did not say whether we may ring."))
    if not contact.may_ring:
        return Ring(May.NO, _("They asked us not to ring."))
    when = when_in_words(contact)
    if is_within(contact, at):
        return Ring(May.YES, _("They said yes: %(when)s.") % {"when": when})
    words = _("Only %(when)s. Next %(day)s from %(time)s.")
    local = next_start(contact, at).astimezone(UK)
    is_today = local.date() == at.astimezone(UK).date()
    day = _("today") if is_today else _("on %(day)s") % {"day": long_in_words(local.date())}
    return Ring(May.NO, words % {"when": when, "day": day, "time": time_in_words(local.time())})


def is_within(contact: Contact, at: datetime.datetime) -> bool:
    """Whether a moment lies in the days and hours that somebody named."""
    local = at.astimezone(UK)
    first, last = contact.ring_from, contact.ring_until
    return (
        local.weekday() in contact.weekdays
        and (first is None or first <= local.time())
        and (last is None or local.time() < last)
    )


def next_start(contact: Contact, after: datetime.datetime) -> datetime.datetime:
    """When the named days and hours next begin after a moment that lies outside them, in UTC."""
    today = after.astimezone(UK).date()
    first = contact.ring_from or datetime.time()
    starts = (
        datetime.datetime.combine(today + datetime.timedelta(ahead), first, UK)
        for ahead in range(8)
    )
    return next(
        start.astimezone(datetime.UTC)
        for start in starts
        if start.weekday() in contact.weekdays and start.astimezone(datetime.UTC) > after
    )


def when_in_words(contact: Contact) -> str:
    """The named days and hours: "between 6pm and 9pm, Monday to Friday"."""
    days = contact.get_ring_days_display() if contact.ring_days else _("any day")
    return f"{_hours(contact.ring_from, contact.ring_until)}, {days}"


def _hours(first: datetime.time | None, last: datetime.time | None) -> str:
    if first and last:
        words = _("between %(first)s and %(last)s")
        return words % {"first": time_in_words(first), "last": time_in_words(last)}
    if first:
        return _("after %(first)s") % {"first": time_in_words(first)}
    return _("before %(last)s") % {"last": time_in_words(last)} if last else _("at any hour")
