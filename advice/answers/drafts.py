"""The draft of a reply: one of each adviser on an enquiry, kept until it is sent or thrown away."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.models import User
from activity import clock
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from advice.answers import steps
from advice.answers.models import ReplyDraft
from advice.intake import people
from advice.intake.models import Attachment, Enquiry, Message


@in_one_piece
def save(*, enquiry: Enquiry, words: str, used: str, by: User) -> Enquiry:
    """Keep what somebody has typed so far, whole or not, and return the enquiry as it is by now.

    MovedOn when nobody can reply any more, as when this very text was sent meanwhile;
    PermissionDenied for whoever does not answer for its provider. Of two windows of one person the
    later word counts.
    """
    fresh = lock(Enquiry, enquiry.pk, by=by)
    if not people.answers_for(by, fresh):
        raise PermissionDenied
    if fresh.status not in steps.REPLY.sources:
        raise MovedOn(fresh)
    _keep(fresh, by, words, used=used)
    return fresh


@in_one_piece
def keep_refused(*, enquiry: Enquiry, words: str, used: str, by: User) -> None:
    """Keep what somebody tried to send, wherever the enquiry is by now, if they may read it still."""
    fresh = lock(Enquiry, enquiry.pk, by=by)
    if people.answers_for(by, fresh):
        _keep(fresh, by, words, used=used)


def restore(message: Message, *, by: User) -> ReplyDraft:
    """Make a draft again of what its author sent, with the marks of the answers that are in it."""
    uses = message.used.select_related("version__answer")
    marks = " ".join(f"{use.version.answer.code}.{use.version.number}" for use in uses)
    return _keep(message.enquiry, by, message.words, used=marks, taken_back=message.once)


def _keep(enquiry: Enquiry, author: User, words: str, **fields: object) -> ReplyDraft:
    draft, _is_new = ReplyDraft.objects.update_or_create(
        enquiry=enquiry,
        author=author,
        defaults={"words": words, "saved_at": clock.now(), **fields},
    )
    return draft


@in_one_piece
def discard(*, enquiry: Enquiry, by: User) -> None:
    """Throw a draft away, and the files that were to go with it."""
    fresh = lock(Enquiry, enquiry.pk, by=by)
    Attachment.objects.waiting_of(fresh, by).delete()
    forget(fresh, by)


def forget(enquiry: Enquiry, author: User) -> None:
    """Drop the draft of what was sent, or is wanted no more."""
    ReplyDraft.objects.filter(enquiry=enquiry, author=author).delete()
