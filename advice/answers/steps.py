"""Answering an enquiry, and asking the enquirer something back."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity import clock
from activity.actors import Actor
from activity.models import Event
from activity.workflow import NO, YES, Answer, Step, Tell, because
from activity.worktime import due_on
from advice.intake import clocks, people
from advice.intake.models import Enquiry, Status
from advice.intake.steps import the_enquirer


def its_adviser(actor: Actor, enquiry: Enquiry) -> Answer:
    """Only whoever holds it: the enquirer hears one voice."""
    if people.has_it(actor, enquiry):
        return YES
    if people.answers_for(actor, enquiry):
        return because(_("%(adviser)s has this one.") % {"adviser": enquiry.adviser})
    return NO


def wait_until(enquiry: Enquiry) -> datetime.date:
    """The day until which we wait for the enquirer. Source: pages and words, 3.4."""
    days = enquiry.policy.wait_working_days
    return due_on(clock.today(), days, [], clocks.calendar_of(enquiry.policy))


def note_first_reply(enquiry: Enquiry, by: Actor, event: Event) -> None:
    """Remember when a person first wrote back."""
    if enquiry.first_replied_at is None:
        enquiry.first_replied_at = event.at
        enquiry.save(update_fields=["first_replied_at"])


REPLY = Step(
    name="reply",
    label=gettext_lazy("Reply"),
    sources=(Status.WITH_ADVISER,),
    to=Status.ANSWERED,
    allowed=its_adviser,
    effects=(note_first_reply,),
    tell=(Tell("enquiry.reply", to=the_enquirer),),
)
WAIT = Step(
    name="wait",
    label=gettext_lazy("Ask them something"),
    sources=(Status.WITH_ADVISER,),
    to=Status.WAITING_FOR_ENQUIRER,
    allowed=its_adviser,
    effects=(note_first_reply,),
    tell=(Tell("enquiry.wait", to=the_enquirer, due=wait_until),),
)
STEPS = (REPLY, WAIT)
