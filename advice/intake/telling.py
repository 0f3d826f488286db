"""What an enquirer may know of their question: nothing that can still be taken back."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from activity import clock
from advice.intake.models import Enquiry, Message, Status
from advice.intake.models.enquiry import EnquiryQuerySet
from advice.intake.models.words import MessageQuerySet


def as_told(enquiries: EnquiryQuerySet) -> Enquiry:
    """The one there is, as it stood before what is held was sent; to be shown, never saved.

    404 where there is none.
    """
    now = clock.now()
    held = Message.objects.held(now).filter(enquiry=OuterRef("pk"))
    enquiry = get_object_or_404(enquiries.annotate(holds_back=Exists(held)))
    if enquiry.status in (Status.ANSWERED, Status.WAITING_FOR_ENQUIRER) and enquiry.holds_back:  # type: ignore[attr-defined]
        enquiry.status = Status.WITH_ADVISER
        if enquiry.first_replied_at is not None and enquiry.first_replied_at > now:
            enquiry.first_replied_at = None
    return enquiry


def thread(enquiry: Enquiry) -> MessageQuerySet:
    """What was said, as the enquirer reads it."""
    return enquiry.messages.gone(clock.now())
