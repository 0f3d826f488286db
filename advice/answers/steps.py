"""Answering an enquiry, and asking the enquirer something back."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy

from activity import clock
from activity.actors import Actor
from activity.models import Event
from activity.workflow import NO, YES, Answer, Step, Tell
from activity.worktime import due_on
from advice.intake import clocks, people
from advice.intake.models import Enquiry, Message, Status
from advice.intake.steps import the_enquirer
from advice.queue.steps import its_adviser

# How long what was sent can be taken back, and stays unseen.
HELD_FOR = datetime.timedelta(seconds=30)


def wait_until(enquiry: Enquiry) -> datetime.date:
    """The day until which we wait for the enquirer. Source: pages and words, 3.4."""
    days = enquiry.policy.wait_working_days
    return due_on(clock.today(), days, [], clocks.calendar_of(enquiry.policy))


def goes_at(enquiry: Enquiry) -> datetime.datetime:
    """When what was sent by the step just taken goes to the enquirer."""
    return enquiry.status_at + HELD_FOR


def note_first_reply(enquiry: Enquiry, by: Actor, event: Event) -> None:
    """Remember when the enquirer could first read what a person wrote back."""
    if enquiry.first_replied_at is None:
        enquiry.first_replied_at = goes_at(enquiry)
        enquiry.save(update_fields=["first_replied_at"])


def forget_first_reply(enquiry: Enquiry, by: Actor, event: Event) -> None:
    """Nobody wrote back yet, where the reply that was taken back was to be the first."""
    if enquiry.first_replied_at is not None and enquiry.first_replied_at > event.at:
        enquiry.first_replied_at = None
        enquiry.save(update_fields=["first_replied_at"])


def its_author(actor: Actor, enquiry: Enquiry) -> Answer:
    """Whoever sent it, while it is held and nothing else happened since."""
    return YES if people.has_it(actor, enquiry) and held_reply(enquiry, actor) else NO


def held_reply(enquiry: Enquiry, actor: Actor) -> Message | None:
    """What the actor sent last, if it is held still and was the last that happened.

    It asks nothing of an enquiry whose messages were fetched with it.
    """
    now, mine = clock.now(), getattr(actor, "pk", None)
    for each in enquiry.messages.all():
        if each.author_id == mine and each.revision == enquiry.revision:
            return each if each.goes_at is not None and each.goes_at > now else None
    return None


REPLY = Step(
    name="reply",
    label=gettext_lazy("Reply"),
    sources=(Status.WITH_ADVISER,),
    to=Status.ANSWERED,
    allowed=its_adviser,
    effects=(note_first_reply,),
    tell=(Tell("enquiry.reply", to=the_enquirer, not_before=goes_at),),
)
WAIT = Step(
    name="wait",
    label=gettext_lazy("Ask them something"),
    sources=(Status.WITH_ADVISER,),
    to=Status.WAITING_FOR_ENQUIRER,
    allowed=its_adviser,
    effects=(note_first_reply,),
    tell=(Tell("enquiry.wait", to=the_enquirer, due=wait_until, not_before=goes_at),),
)
UNDO_REPLY = Step(
    name="undo_reply",
    label=gettext_lazy("Take it back"),
    sources=(Status.ANSWERED, Status.WAITING_FOR_ENQUIRER),
    to=Status.WITH_ADVISER,
    allowed=its_author,
    effects=(forget_first_reply,),
)
STEPS = (REPLY, WAIT, UNDO_REPLY)
