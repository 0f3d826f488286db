"""What people read under the status of a mentorship, and its history in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity import standing
from activity.dates import in_words
from activity.models import Event
from pathfinders.mentoring.models import Mentorship, Side, Status
from pathfinders.mentoring.sides import waiting_side
from pathfinders.register.audiences import is_coordinator

# What the pair reads.
OUTSIDE: dict[str, str | Promise] = {
    Status.OFFERED: gettext_lazy("You are asked. Answer by %(answer_by)s."),
    Status.ACCEPTED: gettext_lazy("You both said yes. Next: the agreement."),
    Status.ACTIVE: gettext_lazy("You are working together until the end date."),
    Status.PAUSED: gettext_lazy("Resting until the date shown. The seat is kept."),
    Status.COMPLETED: gettext_lazy("Finished as agreed."),
    Status.ENDED_EARLY: gettext_lazy("Ended before its date."),
    Status.DECLINED: gettext_lazy("The offer was not taken up."),
    Status.EXPIRED: gettext_lazy("No answer by the date. That is all right."),
    Status.WITHDRAWN: gettext_lazy("The coordinator took the offer back."),
    Status.SUPERSEDED: gettext_lazy("Another offer was accepted first."),
}
# What coordinators read.
INSIDE: dict[str, str | Promise] = {
    Status.PROPOSED: gettext_lazy("A suggestion; nobody has been asked."),
    Status.OFFERED: gettext_lazy(
        "Out to both, who answer by %(answer_by)s; the page shows who has."
    ),
    Status.ACCEPTED: gettext_lazy("Both accepted; agreement to sign."),
    Status.ACTIVE: gettext_lazy("Seat taken to the end date."),
    Status.PAUSED: gettext_lazy("Nudges off until then."),
    Status.COMPLETED: gettext_lazy("Seat free; last reviews in."),
    Status.ENDED_EARLY: gettext_lazy("Reason for coordinators only; seat free."),
    Status.DECLINED: gettext_lazy("The seat is free. Offer the next best."),
    Status.EXPIRED: gettext_lazy("The seat is free. Offer the next best."),
    Status.WITHDRAWN: gettext_lazy("The seat is free."),
    Status.SUPERSEDED: gettext_lazy("The seat is free."),
}
HAPPENED: dict[tuple[str, str], str | Promise] = {
    ("offer", ""): gettext_lazy("A coordinator made the offer"),
    ("accept", Side.MENTOR): gettext_lazy("The mentor said yes"),
    ("accept", Side.PATHFINDER): gettext_lazy("The pathfinder said yes"),
    ("decline", Side.MENTOR): gettext_lazy("The mentor declined"),
    ("decline", Side.PATHFINDER): gettext_lazy("The pathfinder declined"),
    ("withdraw_offer", ""): gettext_lazy("A coordinator took the offer back"),
    ("expire", ""): gettext_lazy("The day to answer went by, and the offer ended"),
}


def dates(mentorship: Mentorship) -> dict[str, str]:
    """The dates that the sentences name: those that this mentorship has."""
    day = mentorship.answer_by
    return {} if day is None else {"answer_by": in_words(day)}


STANDING = standing.Standing(outside=OUTSIDE, inside=INSIDE, dates=dates)


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    words: str
    at: datetime.datetime


def sentence(reader: User, mentorship: Mentorship) -> str:
    """What stands under the status, by audience; nobody is asked who has answered."""
    if is_coordinator(reader):
        return standing.sentence(mentorship, standing.INSIDE)
    if mentorship.status == Status.OFFERED and waiting_side(reader, mentorship) is None:
        return _("The offer stands until %(answer_by)s.") % dates(mentorship)
    return standing.sentence(mentorship, standing.OUTSIDE)


def history(mentorship: Mentorship) -> list[Line]:
    """What happened, oldest first, without names or reasons."""
    return [Line(_words(event), event.at) for event in Event.objects.of(mentorship)]


def _words(event: Event) -> str:
    verb = event.kind.rpartition(".")[2]
    words = HAPPENED.get((verb, event.data.get("side") or ""))
    return str(words) if words else _("It moved to: %(status)s") % {"status": event.after}
