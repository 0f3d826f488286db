"""Taking in an enquiry, and what the enquirer does to it afterwards."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.db import IntegrityError

from accounts.models import Organisation
from activity import clock, links, outbox
from activity.actors import LinkHolder
from activity.models import Event
from activity.once import key_of
from activity.references import next_reference
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, take
from advice.intake import clocks, people, routing, steps
from advice.intake.mail import MINE
from advice.intake.models import (
    AdvicePolicy,
    Contact,
    Enquiry,
    Message,
    Status,
    Topic,
)

# How long a form that was sent may still be corrected by going back to it. Later, somebody else
# may sit at the same screen.
CORRECTABLE = datetime.timedelta(hours=1)


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
    received_at: datetime.datetime | None = None,
    is_example: bool = False,
) -> Enquiry:
    """Take in an enquiry, send it to a provider, and confirm it where an address was given.

    once: names the form it came from. Sent twice as it was, it is one enquiry; changed on the way
    back and sent again, it corrects that one, or becomes another where that is over or old.
    received_at: when a letter or a call came that is entered later. None: now.
    """
    once = once or uuid.uuid4()
    enquiry = Enquiry(
        topic=topic,
        employer_must_not_know=employer_must_not_know,
        once=once,
        received_at=received_at or clock.now(),
        is_example=is_example,
    )
    try:
        return _receive(enquiry, words, enquirer)
    except IntegrityError:
        first = Enquiry.objects.filter(once=once).first()
        if first is None:
            raise
    try:
        return _correct(first, enquiry, words, enquirer)
    except MovedOn:
        return receive(
            words=words,
            enquirer=enquirer,
            topic=topic,
            employer_must_not_know=employer_must_not_know,
            once=_name(once, first, words),
            received_at=received_at,
            is_example=is_example,
        )


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
    Message.objects.create(
        enquiry=enquiry,
        words=words,
        at=enquiry.received_at,
        revision=0,
        once=_name(enquiry.once, enquiry, words),
    )
    data = {"topic": enquiry.topic.code if enquiry.topic else None, "channel": enquiry.channel}
    by = _whoever_sent(enquiry, enquirer)
    Event.objects.write("enquiry.receive", enquiry, by=by, data=data)
    if enquirer.email:
        outbox.tell("enquiry.receive", enquiry, [enquirer.email])
    return enquiry


def _name(form: uuid.UUID, enquiry: Enquiry, words: str) -> uuid.UUID:
    """The key of what the enquirer said from a form; None stands where an adviser would."""
    return key_of(form, None, enquiry.pk, words)


def _whoever_sent(enquiry: Enquiry, enquirer: Enquirer) -> LinkHolder:
    return LinkHolder(MINE.name, Enquiry._meta.label_lower, enquiry.pk, enquirer.email, True)


@in_one_piece
def _correct(first: Enquiry, again: Enquiry, words: str, enquirer: Enquirer) -> Enquiry:
    """Take what was changed in a form that was sent before; nothing changed changes nothing.

    MovedOn when the first enquiry is over, or so old that another may sit at the same screen.
    """
    fresh = lock(Enquiry, first.pk)
    if clock.now() > fresh.created_at + CORRECTABLE:
        raise MovedOn(fresh)
    facts = _changed_facts(fresh, again, enquirer)
    said = fresh.messages.filter(once=_name(again.once, fresh, words)).exists()
    if said and not facts:
        return fresh
    if fresh.status not in steps.ADD.sources:
        raise MovedOn(fresh)
    by = _whoever_sent(fresh, enquirer)
    if facts:
        _correct_facts(fresh, again, enquirer)
        Event.objects.write("enquiry.correct", fresh, by=by, data={"facts": facts})
    return fresh if said else _add(fresh, words, again.once, by)


def _changed_facts(fresh: Enquiry, again: Enquiry, enquirer: Enquirer) -> list[str]:
    """The names of what differs about who asks and, while nobody has it, about the topic."""
    names = [
        name for name, typed in vars(enquirer).items() if getattr(fresh.contact, name) != typed
    ]
    if fresh.employer_must_not_know != again.employer_must_not_know:
        names.append("employer_must_not_know")
    if fresh.status == Status.QUEUED and fresh.topic != again.topic:
        names.append("topic")
    return names


def _correct_facts(fresh: Enquiry, again: Enquiry, enquirer: Enquirer) -> None:
    """Keep what counts from now on. An address that was taken back gets no mail and opens nothing."""
    contact, before = fresh.contact, fresh.contact.email
    for name, typed in vars(enquirer).items():
        setattr(contact, name, typed)
    contact.save()
    fresh.employer_must_not_know = again.employer_must_not_know
    if fresh.status == Status.QUEUED and fresh.topic != again.topic:
        fresh.topic, fresh.provider = again.topic, routing.provider_for(again.topic)
    fresh.save(update_fields=["employer_must_not_know", "topic", "provider"])
    if before != contact.email:
        if before:
            links.revoke(fresh, purpose=MINE.name, address=before)
        if contact.email:
            outbox.tell("enquiry.receive", fresh, [contact.email])


@in_one_piece
def add(*, enquiry: Enquiry, words: str, once: uuid.UUID, by: LinkHolder) -> Enquiry:
    """Add the enquirer's words. Pressed twice, they are added once.

    Whatever an adviser did meanwhile does not make them wrong, so no page is too old for them;
    MovedOn when the enquiry is over.
    """
    return _add(lock(Enquiry, enquiry.pk, by=by), words, once, by)


def _add(fresh: Enquiry, words: str, once: uuid.UUID, by: LinkHolder) -> Enquiry:
    name = _name(once, fresh, words)
    if Message.objects.filter(once=name).exists():
        return fresh
    left = {"adviser": None} if people.has_left(fresh) else {}
    fresh = take(steps.ADD, fresh, by=by, seen=fresh.revision, **left)
    Message.objects.create(enquiry=fresh, words=words, revision=fresh.revision, once=name)
    return fresh


def withdraw(*, enquiry: Enquiry, seen: int, by: LinkHolder) -> Enquiry:
    """Stop the enquiry because the enquirer says so."""
    return take(steps.WITHDRAW, enquiry, by=by, seen=seen)
