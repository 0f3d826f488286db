"""Taking in an enquiry, and what the enquirer does to it afterwards."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.db import IntegrityError

from accounts.models import Organisation
from activity import clock, outbox
from activity.actors import LinkHolder
from activity.models import Event
from activity.references import next_reference
from activity.transactions import in_one_piece, lock
from activity.workflow import take
from advice.intake import clocks, routing, steps
from advice.intake.mail import MINE
from advice.intake.models import AdvicePolicy, Channel, Contact, Enquiry, Message, Topic


@dataclass(frozen=True)
class Enquirer:
    """Who asks and how to reach them; all of it may be empty."""

    name: str = ""
    email: str = ""
    address_is_private: bool = False
    telephone: str = ""
    safe_ways: str = ""
    sector: str = ""
    employer: Organisation | None = None
    employer_name: str = ""


def receive(
    *,
    words: str,
    enquirer: Enquirer,
    topic: Topic | None = None,
    employer_must_not_know: bool = True,
    once: uuid.UUID | None = None,
    channel: Channel = Channel.FORM,
    received_at: datetime.datetime | None = None,
    is_example: bool = False,
) -> Enquiry:
    """Take in an enquiry, send it to a provider, and confirm it where an address was given.

    once: names the form it came from; a second enquiry from the same form is the first.
    received_at: when a letter or a call came that is entered later. None: now.
    """
    once = once or uuid.uuid4()
    enquiry = Enquiry(
        topic=topic,
        employer_must_not_know=employer_must_not_know,
        once=once,
        channel=channel,
        received_at=received_at or clock.now(),
        is_example=is_example,
    )
    try:
        return _receive(enquiry, words, enquirer)
    except IntegrityError:
        same = Enquiry.objects.filter(once=once).first()
        if same is None:
            raise
        return same


@in_one_piece
def _receive(enquiry: Enquiry, words: str, enquirer: Enquirer) -> Enquiry:
    enquiry.policy = AdvicePolicy.objects.in_force(clock.today())[0]
    enquiry.provider = routing.provider_for(enquiry.topic)
    enquiry.clock_from = enquiry.received_at
    enquiry.due_at = clocks.reply_due_at(enquiry.received_at, enquiry.policy)
    enquiry.first_reply_due_at = enquiry.due_at
    enquiry.reference = next_reference("ENQ")
    enquiry.save(force_insert=True)
    Contact.objects.create(enquiry=enquiry, **vars(enquirer))
    Message.objects.create(enquiry=enquiry, words=words, at=enquiry.received_at, revision=0)
    by = LinkHolder(MINE.name, Enquiry._meta.label_lower, enquiry.pk, enquirer.email, True)
    data = {"topic": enquiry.topic.code if enquiry.topic else None, "channel": enquiry.channel}
    Event.objects.write("enquiry.receive", enquiry, by=by, data=data)
    if enquirer.email:
        outbox.tell("enquiry.receive", enquiry, [enquirer.email])
    return enquiry


@in_one_piece
def add(*, enquiry: Enquiry, words: str, once: uuid.UUID, by: LinkHolder) -> Enquiry:
    """Add the enquirer's words. Pressed twice, they are added once.

    Whatever an adviser did meanwhile does not make them wrong, so no page is too old for them;
    MovedOn when the enquiry is over.
    """
    fresh = lock(Enquiry, enquiry.pk)
    if Message.objects.filter(once=once, enquiry=fresh).exists():
        return fresh
    fresh = take(steps.ADD, fresh, by=by, seen=fresh.revision)
    Message.objects.create(enquiry=fresh, words=words, revision=fresh.revision, once=once)
    return fresh


def withdraw(*, enquiry: Enquiry, seen: int, by: LinkHolder) -> Enquiry:
    """Stop the enquiry because the enquirer says so."""
    return take(steps.WITHDRAW, enquiry, by=by, seen=seen)
