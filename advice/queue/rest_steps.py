"""Putting an enquiry off, waiting for somebody else, and going on with it. The clock runs on."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from activity.actors import Actor
from activity.outbox import Recipient
from activity.workflow import YES, Answer, Step, Tell
from advice.intake.models import Enquiry, Status
from advice.intake.steps import whoever_has_it
from advice.queue.steps import ROUTING, can_refuse, its_adviser, its_adviser_or_lead


def its_adviser_lead_or_the_job(actor: Actor, enquiry: Enquiry) -> Answer:
    """Whoever holds it or leads there; and the job, on the day that was said."""
    return YES if actor == ROUTING else its_adviser_or_lead(actor, enquiry)


def whoever_waits(enquiry: Enquiry, by: Actor) -> Iterable[Recipient]:
    """Its adviser, where the day came by itself."""
    return whoever_has_it(enquiry, by) if by == ROUTING else []


def where_it_is(enquiry: Enquiry) -> str:
    """It stays where it is: only its place in lists changes."""
    return enquiry.status


SNOOZE = Step(
    name="snooze",
    label=gettext_lazy("Put it off"),
    sources=(Status.QUEUED, Status.WITH_ADVISER),
    to=where_it_is,
    results={status: (status,) for status in (Status.QUEUED, Status.WITH_ADVISER)},
    allowed=can_refuse,
)
WAIT_OTHER = Step(
    name="wait_other",
    label=gettext_lazy("Ask somebody else"),
    sources=(Status.WITH_ADVISER,),
    to=Status.WAITING_FOR_OTHER,
    allowed=its_adviser,
)
GO_ON = Step(
    name="go_on",
    label=gettext_lazy("Go on with it"),
    sources=(Status.WAITING_FOR_OTHER,),
    to=Status.WITH_ADVISER,
    allowed=its_adviser_lead_or_the_job,
    tell=(Tell("enquiry.go_on", to=whoever_waits),),
)
STEPS = (SNOOZE, WAIT_OTHER, GO_ON)
