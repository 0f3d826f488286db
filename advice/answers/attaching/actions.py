"""Attaching files to a reply that is not sent yet."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied

from accounts.models import User
from activity.documents import Sent
from activity.models import Event
from activity.transactions import in_one_piece, lock
from activity.workflow import must_begin
from advice.answers import steps
from advice.intake import attaching
from advice.intake.models import Attachment, Enquiry, Message


@in_one_piece
def attach(*, enquiry: Enquiry, file: Sent, title: str, once: uuid.UUID, by: User) -> Attachment:
    """Keep a file for the reply that this adviser writes. Pressed twice, it is kept once.

    NotAttached when it has as many as it may. MovedOn and PermissionDenied as the reply itself.
    """
    fresh = _writing(enquiry, by)
    return attaching.attach(fresh, file, once=once, by=by, title=title)


@in_one_piece
def detach(*, attachment: Attachment, by: User) -> None:
    """Delete a file that was not sent. MovedOn and PermissionDenied as the reply itself."""
    fresh = _writing(attachment.enquiry, by)
    if Attachment.objects.waiting_of(fresh, by).filter(pk=attachment.pk).delete()[0]:
        Event.objects.write("enquiry.detach", fresh, by=by)


def _writing(enquiry: Enquiry, by: User) -> Enquiry:
    fresh = lock(Enquiry, enquiry.pk, by=by)
    answer = must_begin(steps.REPLY, by, fresh)
    if not answer:
        raise PermissionDenied(answer.reason)
    return fresh


def send(message: Message, by: User) -> None:
    """Let what its author attached go with a message."""
    Attachment.objects.waiting_of(message.enquiry, by).update(message=message)


def take_back(message: Message) -> None:
    """Keep the files of a message that was taken back for the next one."""
    message.attachments.update(message=None)
