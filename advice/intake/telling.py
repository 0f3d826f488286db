"""What an enquirer may know of their question: nothing that can still be taken back."""

from __future__ import annotations

from activity import clock
from advice.intake.models import Enquiry, Status
from advice.intake.models.words import MessageQuerySet


def as_told(enquiry: Enquiry) -> Enquiry:
    """The enquiry as it stood before what is held was sent; to be shown, never saved."""
    now = clock.now()
    answered = (Status.ANSWERED, Status.WAITING_FOR_ENQUIRER)
    if enquiry.status in answered and enquiry.messages.held(now).exists():
        enquiry.status = Status.WITH_ADVISER
        if enquiry.first_replied_at is not None and enquiry.first_replied_at > now:
            enquiry.first_replied_at = None
    return enquiry


def thread(enquiry: Enquiry) -> MessageQuerySet:
    """What was said, as the enquirer reads it."""
    return enquiry.messages.gone(clock.now())
