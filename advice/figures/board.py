"""What the board in the room shows: topic, age and due time only, of all providers together."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Appointment, OrganisationKind, Role, User
from activity import clock, counting
from advice.intake.models import Enquiry, Status
from advice.intake.models.enquiry import RUNNING
from advice.queue import actions, duty, wording

ROWS = 6
SOON = datetime.timedelta(hours=1)
DONE = (Status.ANSWERED, Status.CLOSED)


@dataclass(frozen=True)
class Line:
    """One enquiry that waits for a word of ours: nothing of who asks, or of what."""

    topic: str
    age: str
    due: str
    is_late: bool


@dataclass(frozen=True)
class Board:
    """The line at one moment. Counts are in words, up to the bound of `counting`.

    oldest: how long the enquiry has waited that waits longest, "" when none does. rows: those that
    are due first.
    """

    at: datetime.datetime
    waiting: str
    late: str
    soon: str
    done: str
    on_duty: str
    oldest: str
    rows: list[Line]

    @property
    def has_late(self) -> bool:
        """Whether a reply is late."""
        return self.late != "0"


def board_for(user: User) -> Board:
    """The board for somebody who answers: three queries."""
    now = clock.now()
    seen = Enquiry.objects.visible_to(user)
    waiting = seen.filter(status__in=RUNNING)
    counts = counting.counts(
        {
            "waiting": waiting,
            "late": seen.late(now),
            "soon": waiting.filter(due_at__gte=now, due_at__lt=now + SOON),
            "done": seen.filter(status__in=DONE, status_at__gte=_midnight(now)),
            "on_duty": _on_duty(),
        }
    )
    oldest = waiting.order_by("clock_from").values_list("clock_from", flat=True).first()
    first = waiting.select_related("topic").order_by(*actions.ORDER)[:ROWS]
    return Board(
        at=now,
        **{name: counting.in_words(count) for name, count in counts.items()},
        oldest=wording.how_late(now - oldest) if oldest else "",
        rows=[_line(each, now) for each in first],
    )


def _line(enquiry: Enquiry, now: datetime.datetime) -> Line:
    return Line(
        topic=str(enquiry.topic) if enquiry.topic else _("No topic chosen"),
        age=wording.how_late(now - enquiry.clock_from),
        due=wording.due(enquiry, now),
        is_late=enquiry.is_late_at(now),
    )


def _midnight(now: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _on_duty() -> QuerySet[User]:
    """Advisers of any provider who are not away today, nor have gone off duty."""
    today = clock.today()
    held = Appointment.objects.current(today).filter(
        role=Role.ADVISER, organisation__kind=OrganisationKind.ADVICE_PROVIDER
    )
    return duty.on_duty(User.objects.filter(pk__in=held.values("user"), is_active=True))
