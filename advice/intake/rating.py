"""Which answer an enquirer may say something of."""

from __future__ import annotations

from collections.abc import Sequence

from advice.intake import telling
from advice.intake.models import Enquiry, Message, Outcome, Status


def answer_to_rate(enquiry: Enquiry) -> Message | None:
    """The answer of which the enquirer may say how it went; None while there is none.

    Once it is closed, what was said stays as it is; who said nothing before can say it still.
    """
    if not may_rate(enquiry):
        return None
    answer = telling.thread(enquiry).exclude(author=None).last()
    return None if answer is None or is_settled(enquiry, [answer]) else answer


def is_settled(enquiry: Enquiry, thread: Sequence[Message]) -> bool:
    """Whether it is closed and something was said of its answer: the last of the line's words."""
    if enquiry.status != Status.CLOSED:
        return False
    answers = [message for message in thread if message.author_id]
    return bool(answers) and hasattr(answers[-1], "rating")


def may_rate(enquiry: Enquiry) -> bool:
    """Whether there is an answer, and it is the enquirer's turn to speak of it."""
    if enquiry.status == Status.CLOSED:
        return enquiry.first_replied_at is not None and enquiry.outcome != Outcome.NOT_REACHED
    return enquiry.status == Status.ANSWERED
