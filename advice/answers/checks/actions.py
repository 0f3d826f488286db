"""Asking a colleague to read a reply, and saying what one thinks of it."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied

from accounts import cover
from accounts.models import User
from activity import clock, outbox
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, must_begin
from advice.answers import steps
from advice.answers.checks.models import ReplyCheck, Verdict
from advice.answers.models import ReplyDraft
from advice.intake import people
from advice.intake.models import Enquiry


@in_one_piece
def ask_check(*, enquiry: Enquiry, colleague: User, once: uuid.UUID, by: User) -> ReplyCheck:
    """Ask a colleague of the provider to read the draft as it is now, and tell them.

    Pressed twice, it is asked once; asked anew, who was asked before is asked no longer. MovedOn
    when there is nothing to send any more, PermissionDenied for whoever could not send it and for
    a colleague who does not answer for the provider.
    """
    fresh = lock(Enquiry, enquiry.pk, by=by)
    name = key_of(once, by.pk, fresh.pk, colleague.pk)
    asked = ReplyCheck.objects.filter(once=name).first()
    if asked is not None:
        return asked
    answer = must_begin(steps.REPLY, by, fresh)
    if not answer:
        raise PermissionDenied(answer.reason)
    if colleague == by or not people.answers_for(colleague, fresh):
        raise PermissionDenied
    draft = ReplyDraft.objects.filter(enquiry=fresh, author=by).exclude(words="").first()
    if draft is None:
        raise MovedOn(fresh)
    end(fresh, by)
    asked = ReplyCheck.objects.create(
        enquiry=fresh, asked_by=by, colleague=colleague, words=draft.words, once=name
    )
    Event.objects.write("enquiry.ask_check", fresh, by=by)
    outbox.tell("enquiry.ask_check", fresh, [colleague])
    return asked


@in_one_piece
def check(*, asked: ReplyCheck, verdict: Verdict, said: str, by: User) -> ReplyCheck:
    """Say that a reply may go, or what to change first, and tell whoever asked.

    Pressed twice, it is said once. MovedOn when it is asked no longer, PermissionDenied for whoever
    was not asked.
    """
    enquiry = lock(Enquiry, asked.enquiry_id, by=by)
    fresh = ReplyCheck.objects.get(pk=asked.pk)
    is_asked = fresh.colleague_id in cover.answering(by, clock.today())
    if not is_asked or fresh.asked_by == by or not people.answers_for(by, enquiry):
        raise PermissionDenied
    if (fresh.verdict, fresh.said, fresh.by) == (verdict, said, by):
        return fresh
    if not fresh.is_open:
        raise MovedOn(enquiry)
    fresh.verdict, fresh.said, fresh.by, fresh.ended_at = verdict, said, by, clock.now()
    fresh.save(update_fields=["verdict", "said", "by", "ended_at"])
    Event.objects.write("enquiry.check", enquiry, by=by, data={"verdict": verdict})
    outbox.tell("enquiry.check", enquiry, [fresh.asked_by])
    return fresh


def end(enquiry: Enquiry, by: User) -> None:
    """Ask no longer: the reply was sent, or somebody else is asked."""
    waits = ReplyCheck.objects.open().filter(enquiry=enquiry, asked_by=by)
    waits.update(verdict=Verdict.TAKEN_BACK, ended_at=clock.now())
