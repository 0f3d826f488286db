"""Writing to the enquirer, and noting something for colleagues."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from accounts.models import User
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, Step, take
from advice.answers import steps
from advice.answers.canned.actions import note_uses
from advice.intake import people
from advice.intake.models import Enquiry, Message, Note


def reply(
    *,
    enquiry: Enquiry,
    words: str,
    once: uuid.UUID,
    seen: int,
    by: User,
    used: Sequence[str] = (),
) -> Enquiry:
    """Answer the enquirer and tell them that there is an answer. Sent twice, it is sent once.

    used: the marks of canned answers that were put into it. MovedOn when anything happened to the enquiry since its page was drawn.
    """
    return _write(steps.REPLY, enquiry, words=words, once=once, seen=seen, by=by, used=used)


def wait(
    *,
    enquiry: Enquiry,
    words: str,
    once: uuid.UUID,
    seen: int,
    by: User,
    used: Sequence[str] = (),
) -> Enquiry:
    """Ask the enquirer something and stop the clock until they write. Sent twice is sent once."""
    return _write(steps.WAIT, enquiry, words=words, once=once, seen=seen, by=by, used=used)


@in_one_piece
def _write(
    step: Step,
    enquiry: Enquiry,
    *,
    words: str,
    once: uuid.UUID,
    seen: int,
    by: User,
    used: Sequence[str],
) -> Enquiry:
    fresh = lock(Enquiry, enquiry.pk, by=by)
    name = key_of(once, by.pk, fresh.pk, words)
    if Message.objects.filter(once=name).exists():
        return fresh
    fresh = take(step, fresh, by=by, seen=seen)
    message = Message.objects.create(
        enquiry=fresh, author=by, words=words, revision=fresh.revision, once=name
    )
    note_uses(message, used)
    return fresh


@in_one_piece
def note(*, enquiry: Enquiry, words: str, once: uuid.UUID, by: User) -> Note:
    """Note something for the advisers of the provider. Pressed twice, it is noted once.

    MovedOn when the enquiry went to another provider since it was read, PermissionDenied for
    whoever does not answer for its provider.
    """
    fresh = lock(Enquiry, enquiry.pk, by=by)
    if not people.answers_for(by, fresh):
        raise MovedOn(fresh) if fresh.provider_id != enquiry.provider_id else PermissionDenied
    fields = {"enquiry": fresh, "author": by, "words": words}
    name = key_of(once, by.pk, fresh.pk, words)
    written, is_new = Note.objects.get_or_create(once=name, defaults=fields)
    if is_new:
        Event.objects.write("enquiry.note", fresh, by=by)
    return written
