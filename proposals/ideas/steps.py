"""What a coordinator does with an idea: answer it, take it up, or pass it on."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from activity.actors import Actor
from activity.outbox import Recipient
from activity.workflow import NO, YES, Answer, Step, Tell
from proposals.ideas import people
from proposals.ideas.models import Idea, Status


def coordinators(actor: Actor, idea: Idea) -> Answer:
    """Whoever answers ideas."""
    return YES if people.answers(actor) else NO


def sender(idea: Idea, by: Actor) -> Iterable[Recipient]:
    """Whoever sent it, where they left an address."""
    return [idea.sender.email] if idea.sender.email else []


THANK = Step(
    name="thank",
    label=_("Answer it"),
    sources=(Status.NEW,),
    to=Status.ANSWERED,
    allowed=coordinators,
    tell=(Tell("idea.thank", to=sender),),
)
TAKE_UP = Step(
    name="take_up",
    label=_("Take it up"),
    sources=(Status.NEW,),
    to=Status.TAKEN_UP,
    allowed=coordinators,
    tell=(Tell("idea.take_up", to=sender),),
)
PASS_ON = Step(
    name="pass_on",
    label=_("Pass it on to the advice line"),
    sources=(Status.NEW,),
    to=Status.PASSED_ON,
    allowed=coordinators,
    # The advice line confirms the question that it becomes.
)
STEPS = (THANK, TAKE_UP, PASS_ON)
