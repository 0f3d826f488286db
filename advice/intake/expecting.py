"""What an enquirer may expect next, and when, in plain sentences. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from activity import clock
from activity.dates import long_in_words
from activity.models import Event
from advice.intake import clocks, holding
from advice.intake.models import Enquiry, Status


def sentences(enquiry: Enquiry, events: Sequence[Event]) -> list[str]:
    """What comes next for this enquiry, one thing a sentence; events: its own, oldest first."""
    match enquiry.status:
        case Status.QUEUED | Status.WITH_ADVISER:
            return _answering(enquiry)
        case Status.WAITING_FOR_ENQUIRER:
            return _waiting(enquiry)
        case Status.ANSWERED:
            return _answered(enquiry, events)
        case Status.CLOSED:
            return _closed(enquiry, events)
    return []


def _answering(enquiry: Enquiry) -> list[str]:
    if enquiry.is_late_at(clock.now()):
        return [
            _("Whoever leads the advisers is told. Your question keeps its place, at the front."),
            _("You need do nothing."),
        ]
    return [
        _("You hear from a person, not from a machine. The answer is on this page."),
        _(
            "If we are late, whoever leads the advisers is told, and your question keeps its place. "
            "You need do nothing."
        ),
        _("If the adviser has to ask you something, the time stands still until you answer."),
    ]


def _waiting(enquiry: Enquiry) -> list[str]:
    reminder = _("We remind you once by mail, on %(day)s.")
    if not enquiry.contact.email or holding.is_held(enquiry):
        reminder = _("We have no address to remind you at, so look in here by %(day)s.")
    return [
        _("We asked you something, below. While we wait for you, our time stands still."),
        reminder % {"day": _day(enquiry, enquiry.policy.remind_working_days)},
        _("If we hear nothing by %(day)s, we close it. You can still write afterwards.")
        % {"day": _day(enquiry, enquiry.policy.wait_working_days)},
    ]


def _answered(enquiry: Enquiry, events: Sequence[Event]) -> list[str]:
    return [
        _("If the answer was not enough, write by %(day)s: it goes on where it stopped.")
        % {"day": long_in_words(clocks.reopens_until(enquiry, events))},
        _("If we hear nothing by %(day)s, we take it that it was, and close it.")
        % {"day": _day(enquiry, enquiry.policy.settle_working_days)},
    ]


def _closed(enquiry: Enquiry, events: Sequence[Event]) -> list[str]:
    until = clocks.reopens_until(enquiry, events)
    if clock.today() > until:
        words = _("Until %(day)s, what you wrote here would have gone on with this question.")
        return [
            words % {"day": long_in_words(until)},
            _("Now it is a new question that follows this one, with a link of its own."),
        ]
    return [
        _("Until %(day)s, what you write here goes on with this question.")
        % {"day": long_in_words(until)},
        _("Later it becomes a new question that follows this one, with a link of its own."),
    ]


def _day(enquiry: Enquiry, working_days: int) -> str:
    """The day when so many working days have passed since it came to where it is."""
    since = timezone.localdate(enquiry.status_at)
    return long_in_words(clocks.day_after(since, working_days, enquiry.policy))
