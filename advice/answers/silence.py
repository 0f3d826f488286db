"""What becomes of an enquiry whose enquirer is silent: reminded once, and closed kindly."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy

from activity import clock, notices, outbox
from activity.actors import System
from activity.models import Event
from activity.transactions import in_one_piece, lock, tried
from activity.workflow import Step, Tell, only, take
from advice.intake import clocks
from advice.intake.models import AdvicePolicy, Enquiry, Outcome, Status
from advice.intake.models.enquiry import EnquiryQuerySet
from advice.intake.steps import the_enquirer

SILENCE = System("silence")
REMINDED = "enquiry.remind"


SETTLE = Step(
    name="settle",
    label=gettext_lazy("Close it: the answer was enough"),
    sources=(Status.ANSWERED,),
    to=Status.CLOSED,
    allowed=only(SILENCE),
    tell=(Tell("enquiry.settle", to=the_enquirer),),
)
LET_REST = Step(
    name="let_rest",
    label=gettext_lazy("Close it: nothing came from them"),
    sources=(Status.WAITING_FOR_ENQUIRER,),
    to=Status.CLOSED,
    allowed=only(SILENCE),
    tell=(Tell("enquiry.let_rest", to=the_enquirer),),
)
STEPS = (SETTLE, LET_REST)


def go_through_the_silent() -> int:
    """Remind or close whatever is due. Return how many.

    Only when a reminder may be read. Each in a transaction of its own; one that cannot be had now
    is tried again next time.
    """
    if not notices.may_remind(clock.now()):
        return 0
    return sum(tried(go_on, "silent_enquiry_not_had") for go_on in _due())


def _due() -> Iterator[Callable[[], bool]]:
    """What may be due, roughly: each is judged again once it is locked."""
    for policy in AdvicePolicy.objects.all():
        of_it = Enquiry.objects.filter(policy=policy)
        answered = _silent(of_it, Status.ANSWERED, policy.settle_working_days)
        yield from (partial(settle, each) for each in answered)
        waiting = _silent(of_it, Status.WAITING_FOR_ENQUIRER, policy.remind_working_days)
        reminded = Event.objects.filter(
            kind=REMINDED,
            subject_type=Enquiry._meta.label_lower,
            subject_id=OuterRef("pk"),
            at__gt=OuterRef("status_at"),
        )
        yield from (partial(remind, each) for each in waiting.filter(~Exists(reminded)))
        waited = _silent(of_it, Status.WAITING_FOR_ENQUIRER, policy.wait_working_days)
        yield from (partial(let_rest, each) for each in waited)


def _silent(enquiries: EnquiryQuerySet, status: Status, working_days: int) -> EnquiryQuerySet:
    """Those of a status for at least so many days: working days are never fewer than days."""
    since = clock.now() - datetime.timedelta(days=working_days)
    return enquiries.filter(status=status, status_at__lt=since).order_by("status_at", "pk")


def _is_past(enquiry: Enquiry, working_days: int) -> bool:
    """Whether so many whole working days have passed since it came to its status."""
    since = timezone.localdate(enquiry.status_at)
    return clock.today() > clocks.day_after(since, working_days, enquiry.policy)


@in_one_piece
def settle(enquiry: Enquiry) -> bool:
    """Close one whose answer nobody wrote back to. False when it is not to be closed by now."""
    fresh = lock(Enquiry, enquiry.pk)
    if fresh.status != Status.ANSWERED or not _is_past(fresh, fresh.policy.settle_working_days):
        return False
    take(SETTLE, fresh, by=SILENCE, seen=fresh.revision, outcome=Outcome.HELPED)
    return True


@in_one_piece
def let_rest(enquiry: Enquiry) -> bool:
    """Close one whose enquirer did not answer us. False when it is not to be closed by now."""
    fresh = lock(Enquiry, enquiry.pk)
    if not _waits(fresh) or not _is_past(fresh, fresh.policy.wait_working_days):
        return False
    take(LET_REST, fresh, by=SILENCE, seen=fresh.revision, outcome=Outcome.NOT_REACHED)
    return True


@in_one_piece
def remind(enquiry: Enquiry) -> bool:
    """Remind an enquirer of what we asked, once a wait, by the day it ends. False when not due."""
    fresh = lock(Enquiry, enquiry.pk)
    policy = fresh.policy
    if not _waits(fresh) or not _is_past(fresh, policy.remind_working_days - 1):
        return False
    if _is_past(fresh, policy.wait_working_days) or _is_reminded(fresh):
        return False
    Event.objects.write(REMINDED, fresh, by=SILENCE)
    until = clocks.day_after(timezone.localdate(fresh.status_at), policy.wait_working_days, policy)
    outbox.tell("enquiry.remind", fresh, the_enquirer(fresh, SILENCE), due_on=until)
    return True


def _waits(enquiry: Enquiry) -> bool:
    return enquiry.status == Status.WAITING_FOR_ENQUIRER


def _is_reminded(enquiry: Enquiry) -> bool:
    events = Event.objects.of(enquiry).filter(kind=REMINDED, at__gt=enquiry.status_at)
    return events.exists()
