"""Which answer an enquirer may say something of."""

from __future__ import annotations

from advice.intake.models import Enquiry, Message, Outcome, Rating, Status


def answer_to_rate(enquiry: Enquiry) -> Message | None:
    """The answer of which the enquirer may say how it went; None while there is none.

    Once it is closed, what was said stays as it is; who said nothing before can say it still.
    """
    if not may_rate(enquiry):
        return None
    answer = enquiry.messages.exclude(author=None).last()
    is_settled = enquiry.status == Status.CLOSED
    if is_settled and Rating.objects.filter(answer=answer).exists():
        return None
    return answer


def may_rate(enquiry: Enquiry) -> bool:
    """Whether there is an answer, and it is the enquirer's turn to speak of it."""
    if enquiry.status == Status.CLOSED:
        return enquiry.first_replied_at is not None and enquiry.outcome != Outcome.NOT_REACHED
    return enquiry.status == Status.ANSWERED
