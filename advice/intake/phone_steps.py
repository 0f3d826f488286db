"""What a call does to an enquiry: it is kept by whoever took it, answered at once, or goes on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from activity.actors import Actor
from activity.workflow import NO, YES, Answer, Step, Tell
from advice.intake import people
from advice.intake.models import Call, Enquiry, Status
from advice.intake.steps import run_the_clock_again, whoever_has_it

_saved: ContextVar[Call | None] = ContextVar("the call being saved", default=None)


@contextlib.contextmanager
def being_saved(call: Call) -> Iterator[None]:
    """Within this a call is saved: its adviser may take its steps with the enquiry it is of."""
    token = _saved.set(call)
    try:
        yield
    finally:
        _saved.reset(token)


def has_the_caller(actor: Actor, enquiry: Enquiry) -> Answer:
    """The adviser whose call becomes, or joins, this enquiry, while it is being saved.

    No page draws these steps, so none asks the database who may take them. Nobody is kept from
    taking what they answered themselves, however much they hold.
    """
    call = _saved.get()
    is_its_call = call is not None and call.enquiry_id == enquiry.pk
    if call is None or not is_its_call or call.adviser_id != getattr(actor, "pk", None):
        return NO
    return YES if people.answers_for(actor, enquiry, Role.ADVISER) else NO


KEEP = Step(
    name="keep",
    label=_("Keep it"),
    sources=(Status.QUEUED,),
    to=Status.WITH_ADVISER,
    allowed=has_the_caller,
)
ANSWER_CALL = Step(
    name="answer_call",
    label=_("Answered on the call"),
    sources=(Status.QUEUED,),
    to=Status.CLOSED,
    allowed=has_the_caller,
)
RING_AGAIN = Step(
    name="ring_again",
    label=_("They rang about it"),
    sources=(Status.WAITING_FOR_ENQUIRER, Status.ANSWERED),
    to=Status.WITH_ADVISER,
    allowed=has_the_caller,
    effects=(run_the_clock_again,),
    tell=(Tell("enquiry.add", to=whoever_has_it),),
)
STEPS = (KEEP, ANSWER_CALL, RING_AGAIN)
