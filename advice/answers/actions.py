"""Writing to the enquirer, taking it back, and noting something for colleagues."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import clock, outbox
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, Step, take
from advice.answers import drafts, steps
from advice.answers.attaching import actions as attaching
from advice.answers.canned.actions import note_uses
from advice.answers.checks import actions as checks
from advice.answers.models import ReplyDraft
from advice.intake import people
from advice.intake.models import Enquiry, Message, Note, Status


class TooLate(Exception):
    """What was sent cannot be taken back any more. why: the sentence that says so."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


GONE: str | Promise = _("It has gone: the enquirer can read it by now.")
MOVED: str | Promise = _(
    "Something else has happened to the enquiry since it was sent, so it stays as it was sent."
)


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

    It is held for a while, in which its author may take it back. used: the marks of canned answers
    that were put into it. MovedOn when anything happened to the enquiry since its page was drawn.
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
    """Ask the enquirer something and stop the clock until they write. Held and sent as a reply is."""
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
        enquiry=fresh,
        author=by,
        words=words,
        at=fresh.status_at,
        goes_at=steps.goes_at(fresh),
        revision=fresh.revision,
        once=name,
    )
    note_uses(message, used)
    attaching.send(message, by)
    drafts.forget(fresh, by)
    checks.end(fresh, by)
    return fresh


@in_one_piece
def undo_reply(*, enquiry: Enquiry, once: uuid.UUID, by: User) -> ReplyDraft:
    """Take back what was sent while it is held: its words are a draft again, and no mail goes.

    once: of the message, as its page named it. Pressed twice, it is taken back once. TooLate when
    it has gone or anything else happened since; PermissionDenied for whoever did not send it.
    """
    fresh = lock(Enquiry, enquiry.pk, by=by)
    draft = ReplyDraft.objects.filter(enquiry=fresh, author=by, taken_back=once).first()
    if draft is not None:
        return draft
    message = Message.objects.filter(enquiry=fresh, author=by, once=once).first()
    if message is None or not people.has_it(by, fresh):
        raise PermissionDenied
    if message.goes_at is None or message.goes_at <= clock.now():
        raise TooLate(GONE)
    if message.revision != fresh.revision:
        raise TooLate(MOVED)
    kind = "enquiry.reply" if fresh.status == Status.ANSWERED else "enquiry.wait"
    if not outbox.take_back(kind, fresh, since=message.at):
        raise TooLate(GONE)
    take(steps.UNDO_REPLY, fresh, by=by, seen=fresh.revision)
    draft = drafts.restore(message, by=by)
    attaching.take_back(message)
    message.delete()
    return draft


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
