"""Reminding an official who has not answered: twice before the day, and on it."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from activity import clock, notices, outbox
from activity.actors import System
from activity.models import Event
from activity.transactions import in_one_piece, lock, tried
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.employer.actions import live_of
from proposals.employer.clocks import calendar_of, reminders_due, scheme_of
from proposals.employer.models import EmployerInvitation

REMINDING = System("reminding")
REMINDERS = 3


def go_through_the_asked() -> int:
    """Remind every official whose reminder is due. Return how many.

    Only when a reminder may be read. Each in a transaction of its own; one that cannot be had now
    is tried again next time.
    """
    if not notices.may_remind(clock.now()):
        return 0
    asked = EmployerInvitation.objects.live().filter(
        sent=None, reminded__lt=REMINDERS, proposal__status__in=WITH_OFFICIALS
    )
    return sum(
        tried(partial(remind, each), "official_not_reminded")
        for each in asked.order_by("pk").iterator()
    )


@in_one_piece
def remind(asked: EmployerInvitation) -> bool:
    """Remind one official, once for each reminder that has come due. False when none has.

    Several that came due at once, over holidays or while no worker ran, are one mail; those from
    before this official was asked are none.
    """
    fresh = lock(Proposal, asked.proposal_id)
    live = live_of(fresh)
    if live is None or live.pk != asked.pk or not live.is_open or live.answer:
        return False
    number = _number_due(live, fresh)
    if number <= live.reminded:
        return False
    live.reminded = number
    live.save(update_fields=["reminded"])
    Event.objects.write("employer.remind", fresh, by=REMINDING, data={"number": number})
    outbox.tell("employer.remind", live, [live.address], due_on=live.due_on)
    return True


def _number_due(live: EmployerInvitation, proposal: Proposal) -> int:
    """The number of the reminder that is due today; 0 for none, and where nobody works today."""
    today, asked_on = clock.today(), timezone.localdate(live.asked_at)
    calendar = calendar_of(proposal)
    if not calendar.is_working(today):
        return 0
    scheme = scheme_of(proposal, asked_on)
    reached = reminders_due(today, live.due_on, scheme, calendar)
    return reached if reached > reminders_due(asked_on, live.due_on, scheme, calendar) else 0
