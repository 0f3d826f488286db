"""What the enquirer may do: write more, and stop."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.actors import Actor
from activity.models import Event
from activity.outbox import Recipient
from activity.workflow import NO, YES, Answer, Step, Tell, because
from advice.intake import clocks, people
from advice.intake.models import Enquiry, Status
from advice.intake.models.enquiry import RUNNING


def enquirer(actor: Actor, enquiry: Enquiry) -> Answer:
    """Only whoever asked, by the private link."""
    return YES if people.asked_it(actor, enquiry) else NO


def whoever_has_it(enquiry: Enquiry, by: Actor) -> Iterable[Recipient]:
    """Whoever holds it, unless they did it themselves."""
    return [enquiry.adviser] if enquiry.adviser is not None and enquiry.adviser != by else []


def the_enquirer(enquiry: Enquiry, by: Actor) -> Iterable[Recipient]:
    """The address the enquirer gave, if any; a guard may still hold the mail."""
    return [enquiry.contact.email] if enquiry.contact.email else []


def may_add(actor: Actor, enquiry: Enquiry) -> Answer:
    """Whoever asked; for a while after the answer, too, when it has been closed."""
    if not people.asked_it(actor, enquiry):
        return NO
    events = Event.objects.of(enquiry) if enquiry.status == Status.CLOSED else ()
    if clocks.is_over_for_good(enquiry, events, clock.today()):
        return because(
            gettext("It was closed a while ago. Ask again: your question follows this one.")
        )
    return YES


# Words from the enquirer wake an enquiry that rested; one in the queue stays there. Where whoever
# had it answers no more, it goes back to the queue of the provider.
SOMEBODYS = (
    Status.WITH_ADVISER,
    Status.WAITING_FOR_ENQUIRER,
    Status.WAITING_FOR_OTHER,
    Status.ANSWERED,
    Status.CLOSED,
)
WAKES: dict[str, tuple[str, ...]] = {
    Status.QUEUED: (Status.QUEUED,),
    **dict.fromkeys(SOMEBODYS, (Status.WITH_ADVISER, Status.QUEUED)),
}


def to_whom_words_go(enquiry: Enquiry) -> str:
    """Whoever has it, or the queue."""
    return Status.QUEUED if enquiry.adviser_id is None else Status.WITH_ADVISER


def wake(enquiry: Enquiry, by: Actor, event: Event) -> None:
    """Their words bring back what was put off, and end our wait for somebody else."""
    enquiry.snoozed_until = enquiry.chase_on = None
    enquiry.save(update_fields=["snoozed_until", "chase_on"])


def run_the_clock_again(enquiry: Enquiry, by: Actor, event: Event) -> None:
    """Go on after a wait where the clocks stood; begin anew when it is taken up after it was over."""
    if event.before in RUNNING:
        return
    names = clocks.work_out(enquiry, list(Event.objects.of(enquiry)))
    enquiry.save(update_fields=names)


ADD = Step(
    name="add",
    label=_("Add to it"),
    sources=tuple(WAKES),
    to=to_whom_words_go,
    results=WAKES,
    allowed=may_add,
    effects=(wake, run_the_clock_again),
    tell=(Tell("enquiry.add", to=whoever_has_it),),
)
WITHDRAW = Step(
    name="withdraw",
    label=_("Stop this question"),
    sources=tuple(status for status in WAKES if status != Status.CLOSED),
    to=Status.WITHDRAWN,
    allowed=enquirer,
    tell=(Tell("enquiry.withdraw", to=whoever_has_it),),
)
STEPS = (ADD, WITHDRAW)
