"""What was said on the telephone, kept for the advisers of the provider."""

from __future__ import annotations

import datetime
import uuid

from django.core.exceptions import PermissionDenied

from accounts.models import User
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from advice.intake import people
from advice.intake.models import Enquiry, PhoneNote, Rang


@in_one_piece
def phone_note(
    *,
    enquiry: Enquiry,
    words: str,
    began_at: datetime.datetime,
    minutes: int,
    rang: Rang,
    reached: bool,
    once: uuid.UUID,
    by: User,
) -> PhoneNote:
    """Note a call that was had or tried. Pressed twice, it is noted once.

    Raises as `actions.note` does.
    """
    fresh = lock(Enquiry, enquiry.pk, by=by)
    if not people.answers_for(by, fresh):
        raise MovedOn(fresh) if fresh.provider_id != enquiry.provider_id else PermissionDenied
    call = {"began_at": began_at, "minutes": minutes, "rang": rang, "reached": reached}
    fields = {"enquiry": fresh, "author": by, "words": words, **call}
    name = key_of(once, by.pk, fresh.pk, *call.values(), words)
    written, is_new = PhoneNote.objects.get_or_create(once=name, defaults=fields)
    if is_new:
        data = {"rang": rang, "reached": reached}
        Event.objects.write("enquiry.phone_note", fresh, by=by, data=data)
    return written
