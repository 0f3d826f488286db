"""What the enquirer may do: write more, and stop."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.actors import Actor
from activity.models import Event
from activity.outbox import Recipient
from activity.workflow import NO, YES, Answer, Step, Tell
from advice.intake import clocks, people
from advice.intake.models import Enquiry, Status


def enquirer(actor: Actor, enquiry: Enquiry) -> Answer:
    """Only whoever asked, by the private link."""
    return YES if people.asked_it(actor, enquiry) else NO


def whoever_has_it(enquiry: Enquiry, by: Actor) -> Iterable[Recipient]:
    """Whoever holds it, unless they did it themselves."""
    return [enquiry.adviser] if enquiry.adviser is not None and enquiry.adviser != by else []


def the_enquirer(enquiry: Enquiry, by: Actor) -> Iterable[Recipient]:
    """The address the enquirer gave, if any; a guard may still hold the mail."""
    return [enquiry.contact.email] if enquiry.contact.email else []


# Words from the enquirer wake an enquiry that rested; one in the queue stays there.
WAKES = {
    Status.QUEUED: Status.QUEUED,
    Status.WITH_ADVISER: Status.WITH_ADVISER,
    Status.WAITING_FOR_ENQUIRER: Status.WITH_ADVISER,
    Status.ANSWERED: Status.WITH_ADVISER,
}


def to_whom_words_go(enquiry: Enquiry) -> str:
    """Whoever has it, or the queue; that also when whoever had it has left."""
    return WAKES[Status(enquiry.status)] if enquiry.adviser_id else Status.QUEUED


def run_the_clock_again(enquiry: Enquiry, by: Actor, event: Event) -> None:
    """Go on after a wait where the clock stood; begin anew when the words follow an answer."""
    if event.before in (Status.QUEUED, Status.WITH_ADVISER):
        return
    stops = clocks.stops_of(Event.objects.of(enquiry), after=enquiry.clock_from)
    if event.before not in clocks.PAUSED:
        enquiry.clock_from, stops = clock.now(), []
    enquiry.due_at = clocks.reply_due_at(enquiry.clock_from, enquiry.policy, stops)
    enquiry.save(update_fields=["clock_from", "due_at"])


ADD = Step(
    name="add",
    label=_("Add to it"),
    sources=tuple(WAKES),
    to=to_whom_words_go,
    results={source: (result, Status.QUEUED) for source, result in WAKES.items()},
    allowed=enquirer,
    effects=(run_the_clock_again,),
    tell=(Tell("enquiry.add", to=whoever_has_it),),
)
WITHDRAW = Step(
    name="withdraw",
    label=_("Stop this question"),
    sources=(Status.QUEUED, Status.WITH_ADVISER, Status.WAITING_FOR_ENQUIRER, Status.ANSWERED),
    to=Status.WITHDRAWN,
    allowed=enquirer,
    tell=(Tell("enquiry.withdraw", to=whoever_has_it),),
)
STEPS = (ADD, WITHDRAW)
