"""Taking in an enquiry, and what the enquirer does to it afterwards."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.models import Organisation, User
from activity import clock, links, outbox
from activity.actors import Actor, LinkHolder
from activity.documents import Sent
from activity.models import Event
from activity.once import key_of
from activity.references import next_reference
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, take
from advice.intake import attaching, clocks, people, rating, routing, sharing, steps
from advice.intake.mail import MINE
from advice.intake.models import (
    AdvicePolicy,
    Contact,
    Enquiry,
    Level,
    Message,
    Rating,
    Status,
    Topic,
    Went,
)

# How long a form that was sent may still be corrected by going back to it. Later, somebody else
# may sit at the same screen.
CORRECTABLE = datetime.timedelta(hours=1)
# The columns that say where it goes.
ROUTED = ("provider", "route", "for_leads", "pick_up_by", "snoozed_until", "urgent")


@dataclass(frozen=True)
class Enquirer:
    """Who asks and how to reach them; all of it may be empty."""

    name: str = ""
    email: str = ""
    address_is_private: bool = False
    telephone: str = ""
    safe_ways: str = ""
    may_ring: bool | None = None
    may_leave_message: bool | None = None
    may_write: bool | None = None
    ring_days: str = ""
    ring_from: datetime.time | None = None
    ring_until: datetime.time | None = None
    say_we_are: str = ""
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
    follows: Enquiry | None = None,
) -> Enquiry:
    """Take in an enquiry, send it to a provider, and confirm it where an address was given.

    once: names the form it came from. Sent twice as it was, it is one enquiry; changed on the way
    back and sent again, it corrects that one, or becomes another where that is over or old.
    received_at: when a letter or a call came that is entered later. None: now.
    follows: the one before, of the same enquirer.
    """
    once = once or uuid.uuid4()
    enquiry = Enquiry(
        topic=topic,
        employer_must_not_know=employer_must_not_know,
        once=once,
        received_at=received_at or clock.now(),
        is_example=is_example,
        follows=follows,
    )
    try:
        return take_in(enquiry, words, enquirer)
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
            follows=follows,
        )


@in_one_piece
def take_in(
    enquiry: Enquiry,
    words: str,
    enquirer: Enquirer,
    *,
    by: Actor | None = None,
    tells: bool = True,
) -> Enquiry:
    """Keep an enquiry that came in, with the provider that it names, or else where routing sends it.

    by: who wrote it down; None for the enquirer. tells: whether the enquirer gets the private link.
    """
    enquiry.policy = AdvicePolicy.objects.in_force(clock.today())[0]
    if enquiry.provider is None:
        _send(enquiry, enquirer)
    enquiry.level = enquiry.topic.level if enquiry.topic else Level.SIMPLE
    clocks.set_due(enquiry, enquiry.received_at)
    enquiry.first_reply_due_at = enquiry.due_at
    enquiry.reference = next_reference("ENQ")
    enquiry.save(force_insert=True)
    Contact.objects.create(enquiry=enquiry, **vars(enquirer))
    Message.objects.create(
        enquiry=enquiry,
        words=words,
        at=enquiry.received_at,
        revision=0,
        asks=True,
        once=_name(enquiry.once, enquiry, words),
    )
    data = {"topic": enquiry.topic.code if enquiry.topic else None, "channel": enquiry.channel}
    by = by or _whoever_sent(enquiry, enquirer)
    Event.objects.write("enquiry.receive", enquiry, by=by, data=data)
    if enquirer.email and tells:
        outbox.tell("enquiry.receive", enquiry, [enquirer.email])
    tell_leads(enquiry)
    return enquiry


def _send(enquiry: Enquiry, enquirer: Enquirer) -> None:
    """Send it to a provider; the caller saves."""
    question = routing.Question(
        topic=enquiry.topic,
        sector=enquirer.sector,
        employer=enquirer.employer,
        is_secret=enquiry.employer_must_not_know,
    )
    route = routing.choose(question)
    for name, value in routing.fields(route, enquiry.policy, clock.now()).items():
        setattr(enquiry, name, value)


def tell_leads(enquiry: Enquiry) -> None:
    """Tell at once whoever decides about what waits for a lead."""
    if enquiry.for_leads:
        outbox.tell("enquiry.lead", enquiry, routing.leads_for(enquiry))


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
    if first.topic_id != again.topic_id:
        sharing.hold()  # shares come before enquiries, whoever locks them
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
        fresh.topic = again.topic
        fresh.level = again.topic.level if again.topic else Level.SIMPLE
        clocks.set_due(fresh, fresh.clock_from)
        _send(fresh, enquirer)
        tell_leads(fresh)
    changed = ["employer_must_not_know", "topic", "level", "due_at", "resolve_due_at"]
    fresh.save(update_fields=[*changed, *ROUTED])
    if before != contact.email:
        if before:
            links.revoke(fresh, purpose=MINE.name, address=before)
        if contact.email:
            outbox.tell("enquiry.receive", fresh, [contact.email])


@in_one_piece
def add(
    *,
    enquiry: Enquiry,
    words: str,
    once: uuid.UUID,
    by: LinkHolder,
    file: Sent | None = None,
) -> Enquiry:
    """Add the enquirer's words, with a file if they sent one. Pressed twice, it is added once.

    Whatever an adviser did meanwhile does not make them wrong, so no page is too old for them;
    MovedOn when the enquiry is over, NotAttached when they sent as many files as they may.
    """
    return _add(lock(Enquiry, enquiry.pk, by=by), words, once, by, file)


def _add(
    fresh: Enquiry, words: str, once: uuid.UUID, by: LinkHolder, file: Sent | None = None
) -> Enquiry:
    name = _name(once, fresh, words)
    if Message.objects.filter(once=name).exists():
        return fresh
    fields: dict[str, Any] = {}
    if fresh.adviser is not None and not _goes_on(fresh.adviser, fresh):
        fields["adviser"] = None
    if fresh.status == Status.CLOSED:
        fields["outcome"] = ""
    fresh = take(steps.ADD, fresh, by=by, seen=fresh.revision, **fields)
    said = Message.objects.create(enquiry=fresh, words=words, revision=fresh.revision, once=name)
    if file is not None:
        attaching.attach(fresh, file, once=once, by=by, message=said)
    return fresh


def _goes_on(adviser: User, enquiry: Enquiry) -> bool:
    """Whether its adviser still answers for its provider, with no part in whom the enquirer works for."""
    free = Enquiry.objects.filter(pk=enquiry.pk).without_interest(adviser)
    return people.still_has_it(enquiry) and free.exists()


def ask_again(*, enquiry: Enquiry, words: str, once: uuid.UUID, by: LinkHolder) -> Enquiry:
    """Ask what follows an enquiry that is over for good; it is routed as any other. Once a page.

    PermissionDenied for anybody but the enquirer.
    """
    if not people.asked_it(by, enquiry):
        raise PermissionDenied
    who = {name: getattr(enquiry.contact, name) for name in vars(Enquirer())}
    return receive(
        words=words,
        enquirer=Enquirer(**who),
        topic=enquiry.topic,
        employer_must_not_know=enquiry.employer_must_not_know,
        once=key_of(once, None, enquiry.pk),
        is_example=enquiry.is_example,
        follows=enquiry,
    )


@in_one_piece
def rate(*, enquiry: Enquiry, went: Went, words: str, seen: int, by: LinkHolder) -> Rating:
    """Keep how the enquirer says that the answer went; said again, it takes the place of the first.

    MovedOn when there is nothing to rate by now, PermissionDenied for anybody but the enquirer.
    """
    fresh = lock(Enquiry, enquiry.pk, by=by)
    if not people.asked_it(by, fresh):
        raise PermissionDenied
    answer = rating.answer_to_rate(fresh)
    if answer is None or fresh.revision != seen:
        raise MovedOn(fresh)
    said = {"went": went, "words": words, "at": clock.now()}
    kept, is_new = Rating.objects.update_or_create(answer=answer, defaults=said)
    if is_new:
        Event.objects.write("enquiry.rate", fresh, by=by)
    return kept


def withdraw(*, enquiry: Enquiry, seen: int, by: LinkHolder) -> Enquiry:
    """Stop the enquiry because the enquirer says so."""
    return take(steps.WITHDRAW, enquiry, by=by, seen=seen)
