"""Made-up ideas for the embedded database: one a status, by the actions that make real ones."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import User
from activity import clock
from activity.transactions import in_one_piece
from proposals.ideas import actions
from proposals.ideas.actions import From
from proposals.ideas.models import Idea, IdeaCall

CALL = "Ideas for services for young people"


@dataclass(frozen=True)
class Example:
    """An idea and who sends it. then: the action by which it is answered, with the reply."""

    words: str
    sender: From
    then: str = ""
    reply: str = ""
    to_the_call: bool = False


EXAMPLES = [
    Example(
        "Our three youth centres close at five, when young people come out of school. The people "
        "who work there would open them until nine and let the rooms in the mornings to pay for it.",
        From(name="Dev", workplace="A council in the Midlands"),
        to_the_call=True,
    ),
    Example(
        "Our youth centres close at five, when young people come out of school. The people who "
        "work there would open them until nine and let rooms in the mornings to help pay for it.",
        From(name="Kay"),
        to_the_call=True,
    ),
    Example(
        "Could each school have its own nurse again, paid by the parents who can afford it?",
        From(name="Lou", email="lou@example.org"),
        then="thank",
        reply="Thank you. We cannot take it further, because the right is for services that stay "
        "free to those who use them. School nursing itself can be proposed: ask your colleagues.",
    ),
    Example(
        "We repair wheelchairs for four hospitals from one workshop, and could do it for ten. "
        "Parts are thrown away that we could clean and use again.",
        From(name="Morag", workplace="A hospital trust"),
        then="take_up",
        reply="This is worth writing down whole. Use the button below to begin a proposal with "
        "your words, and bring in a colleague or two.",
    ),
    Example(
        "I would like to run our library with my colleagues, but who would pay my pension?",
        From(name="Ash", reach="Ring 01632 960 145 after 6pm"),
        then="pass_on",
        reply="The advice line knows pensions better than we do, so it has your question now.",
    ),
]


def load(people: Mapping[str, User]) -> None:
    """Make the examples, once the advice line is there; a second time changes nothing.

    people: the example people by key; "coordinator" answers ideas.
    """
    if not Idea.objects.filter(is_example=True).exists():
        _make(people["coordinator"])


@in_one_piece
def _make(coordinator: User) -> None:
    today = clock.today()
    call = actions.call_edit(
        call=None,
        title=CALL,
        words="What would you do better for people between 11 and 25, and what stands in the way?",
        opens_on=today,
        closes_on=today + datetime.timedelta(days=60),
        by=coordinator,
    )
    IdeaCall.objects.filter(pk=call.pk).update(is_example=True)
    for example in EXAMPLES:
        idea = actions.receive(
            words=example.words,
            sender=example.sender,
            call=call if example.to_the_call else None,
            once=uuid.uuid4(),
            is_example=True,
        )
        if example.then:
            action = getattr(actions, example.then)
            action(idea=idea, reply=example.reply, seen=idea.revision, by=coordinator)
