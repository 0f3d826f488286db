"""Calls: begun, kept while they are typed, and ended as an enquiry or as words of an earlier one."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from activity import clock
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, take
from advice.intake import callers, people, routing
from advice.intake import phone_steps as steps
from advice.intake.actions import Enquirer, take_in
from advice.intake.callers import Caller
from advice.intake.models import Call, Channel, Enquiry, Outcome, PhoneNote, Rang, Topic
from advice.intake.models.phone import KEPT_FOR, LONGEST, REMEMBERED_FOR

# A page that is left open says nothing of how long somebody talked.
LEFT_OPEN = datetime.timedelta(minutes=30)
MINUTE = datetime.timedelta(minutes=1)


class Then(models.TextChoices):
    """What happens to a call when it is saved."""

    KEEP = "keep", _("I keep it: it is with me")
    QUEUE = "queue", _("Into the queue")
    ANSWERED = "answered", _("Answered on the call, close it")


class Clash(Exception):
    """Another window of the adviser saved this call since the page was drawn."""

    def __init__(self, call: Call) -> None:
        super().__init__(f"call {call.pk} was saved meanwhile")
        self.call = call


@dataclass(frozen=True)
class Said:
    """A call as it is saved.

    question: what they ask, in words that they can read later. told: what we said, for advisers.
    outcome: what came of it, where it was answered.
    """

    question: str
    told: str
    enquirer: Enquirer
    then: Then = Then.KEEP
    topic: Topic | None = None
    employer_must_not_know: bool = True
    outcome: Outcome | None = None


@in_one_piece
def begin(*, by: User) -> Call:
    """Begin a call. One that was begun and in which nothing was typed begins anew.

    PermissionDenied for whoever takes no enquiries.
    """
    if not people.takes(by):
        raise PermissionDenied
    empty = Call.objects.of(by).filter(ended_at=None, typed={}).select_for_update().first()
    if empty is None:
        return Call.objects.create(adviser=by)
    empty.began_at = empty.saved_at = clock.now()
    empty.save(update_fields=["began_at", "saved_at"])
    return empty


@in_one_piece
def save(
    *,
    call: Call,
    typed: dict[str, str],
    seen: int,
    sent: Collection[dict[str, str]] = (),
    by: User,
) -> Call:
    """Keep what is typed so far. The same again changes nothing.

    seen: the revision that the page was drawn from. sent: texts that this page sent before, of
    which it does not know whether they came. Clash when another window saved first; MovedOn, with
    the enquiry, when the call has ended.
    """
    fresh = lock(Call, call.pk, by=by)
    if fresh.enquiry is not None:
        raise MovedOn(fresh.enquiry)
    if fresh.typed == typed:
        return fresh
    if fresh.revision != seen and fresh.typed not in sent:
        raise Clash(fresh)
    fresh.typed, fresh.revision, fresh.saved_at = typed, fresh.revision + 1, clock.now()
    fresh.save(update_fields=["typed", "revision", "saved_at"])
    return fresh


def look_for(*, call: Call, caller: Caller, by: User) -> bool:
    """Ask for the earlier enquiries of a whole number or address, once a call and caller.

    Returns whether all providers may be asked: so many an hour, and no more.
    """
    if not caller.key or call.looked_for == caller.key:
        return True
    if not callers.may_look(by):
        return False
    call.looked_for = caller.key
    call.save(update_fields=["looked_for"])
    return True


@in_one_piece
def end(*, call: Call, said: Said, typed: dict[str, str], by: User) -> Enquiry:
    """Save a call as an enquiry: with its adviser, in the queue, or answered and closed.

    However much the adviser holds, nobody is turned away while on the line; but whom an interest
    keeps from the caller's enquiries keeps none: it goes into the queue. Pressed twice, it is saved
    once; MovedOn, with the enquiry, when it was saved otherwise.
    """
    fresh = lock(Call, call.pk, by=by)
    press = _key(fresh, said.then, typed)
    if fresh.enquiry is not None:
        return _as_saved(fresh, fresh.enquiry, press)
    if not people.takes(by):
        raise PermissionDenied
    mine = people.providers_of(by, Role.ADVISER)[0]
    then = Then.QUEUE if said.then == Then.KEEP and _is_closed(said.enquirer, by) else said.then
    enquiry = Enquiry(
        topic=said.topic,
        channel=Channel.PHONE,
        provider=None if then == Then.QUEUE else mine,
        employer_must_not_know=said.employer_must_not_know,
        once=fresh.public_id,
        received_at=fresh.began_at,
    )
    tells = then != Then.ANSWERED
    fresh.enquiry = take_in(enquiry, said.question, said.enquirer, by=by, tells=tells)
    with steps.being_saved(fresh):
        enquiry = _go_on(fresh.enquiry, then, said, by)
    return _finish(fresh, enquiry, said.told, press, by)


def _is_closed(caller: Enquirer, by: User) -> bool:
    """Whether an adviser, or their provider, has a part in whom the caller works for."""
    body = caller.employer
    return body is not None and by.pk in routing.closed_off(body, clock.today())


def _go_on(enquiry: Enquiry, then: Then, said: Said, by: User) -> Enquiry:
    seen = enquiry.revision
    if then == Then.KEEP:
        return take(steps.KEEP, enquiry, by=by, seen=seen, adviser=by)
    if then == Then.QUEUE:
        return enquiry
    outcome, now = said.outcome or Outcome.HELPED, clock.now()
    fields = {"adviser": by, "outcome": outcome, "first_replied_at": now}
    data = {"outcome": outcome}
    return take(steps.ANSWER_CALL, enquiry, by=by, seen=seen, data=data, **fields)


@in_one_piece
def join(*, call: Call, enquiry: Enquiry, words: str, typed: dict[str, str], by: User) -> Enquiry:
    """Save a call as a note of an earlier enquiry that waits, or rests, for the same caller.

    What waited for the enquirer or was answered is with its adviser again. Pressed twice, it is
    saved once. PermissionDenied for whoever may not read the enquiry.
    """
    fresh = lock(Call, call.pk, by=by)
    press = _key(fresh, enquiry.pk, typed)
    if fresh.enquiry is not None:
        return _as_saved(fresh, fresh.enquiry, press)
    earlier = lock(Enquiry, enquiry.pk)
    if not people.answers_for(by, earlier, Role.ADVISER):
        raise PermissionDenied
    fresh.enquiry = earlier
    if earlier.status in steps.RING_AGAIN.sources:
        with steps.being_saved(fresh):
            earlier = take(steps.RING_AGAIN, earlier, by=by, seen=earlier.revision)
    return _finish(fresh, earlier, words, press, by)


def _finish(call: Call, enquiry: Enquiry, words: str, press: uuid.UUID, by: User) -> Enquiry:
    now = clock.now()
    PhoneNote.objects.create(
        enquiry=enquiry,
        author=by,
        words=words,
        began_at=call.began_at,
        minutes=minutes_of(call, now),
        rang=Rang.THEY,
        reached=True,
        once=press,
    )
    Event.objects.write("enquiry.phone_note", enquiry, by=by, data={"rang": Rang.THEY})
    call.typed, call.ended_at, call.ended_by, call.saved_at = {}, now, press, now
    call.save(update_fields=["enquiry", "typed", "ended_at", "ended_by", "saved_at"])
    return enquiry


def _key(call: Call, then: object, typed: dict[str, str]) -> uuid.UUID:
    """The key of one press with one text: another text after it is not lost in silence."""
    return key_of(call.public_id, then, json.dumps(typed, sort_keys=True))


def _as_saved(call: Call, enquiry: Enquiry, press: uuid.UUID) -> Enquiry:
    if call.ended_by != press:
        raise MovedOn(enquiry)
    return enquiry


def minutes_of(call: Call, now: datetime.datetime) -> int:
    """How many minutes a call took, begun ones counted, at most LONGEST.

    One that is saved long after the last word was typed ended with that word.
    """
    until = call.saved_at if now - call.saved_at > LEFT_OPEN else now
    return min(max(-((call.began_at - until) // MINUTE), 1), LONGEST)


def forget_old() -> None:
    """Delete calls that nobody saved within some days, and the empty shells of those saved."""
    now = clock.now()
    Call.objects.filter(ended_at=None, saved_at__lt=now - KEPT_FOR).delete()
    Call.objects.filter(ended_at__lt=now - REMEMBERED_FOR).delete()
