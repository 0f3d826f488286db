"""The steps of a mentorship that are built: an offer, its answers, and its other ends."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity.actors import Actor, System
from activity.workflow import NO, YES, Answer, Step, Tell, because
from pathfinders.mentoring.models import Mentorship, Side, Status
from pathfinders.mentoring.sides import people_of, sides_of, waiting_side, yes_of
from pathfinders.register.audiences import is_coordinator
from pathfinders.register.people import coordinators

SWEEP = System("offers")


def by_coordinators(actor: Actor, mentorship: Mentorship) -> Answer:
    """Coordinators alone make an offer and take it back."""
    return YES if is_coordinator(actor) else NO


def by_a_side_that_has_not_answered(actor: Actor, mentorship: Mentorship) -> Answer:
    """Each side answers once; who has said yes hears what it waits for."""
    if waiting_side(actor, mentorship) is not None:
        return YES
    if sides_of(actor, mentorship):
        return because(_("You have said yes. The other side has not answered yet."))
    return NO


def by_a_side(actor: Actor, mentorship: Mentorship) -> Answer:
    """Either side may still say no while the other has not answered."""
    return YES if sides_of(actor, mentorship) else NO


def by_the_sweep_when_late(actor: Actor, mentorship: Mentorship) -> Answer:
    """No person lets an offer end: its day does."""
    if actor != SWEEP:
        return NO
    return YES if mentorship.is_late else because(_("Its day to answer has not gone by."))


def when_both_said_yes(mentorship: Mentorship) -> Status:
    """Accepted with the last yes; until then it stays an offer."""
    return Status.ACCEPTED if all(yes_of(side, mentorship) for side in Side) else Status.OFFERED


def both_sides(mentorship: Mentorship, by: Actor) -> Iterator[User]:
    """Everybody who may answer."""
    for side in Side:
        yield from people_of(side, mentorship)


def everybody_else(mentorship: Mentorship, by: Actor) -> Iterator[User]:
    """The other side and the coordinators, without whoever did it."""
    own = sides_of(by, mentorship)
    for side in Side:
        if side not in own:
            yield from people_of(side, mentorship)
    yield from (person for person in coordinators() if person != by)


OFFER = Step(
    name="offer",
    label=gettext_lazy("Offer"),
    sources=(Status.PROPOSED,),
    to=Status.OFFERED,
    allowed=by_coordinators,
    tell=(Tell("mentorship.offer", both_sides, due=lambda mentorship: mentorship.answer_by),),
)
ACCEPT = Step(
    name="accept",
    label=gettext_lazy("Accept the offer"),
    sources=(Status.OFFERED,),
    to=when_both_said_yes,
    results=(Status.OFFERED, Status.ACCEPTED),
    allowed=by_a_side_that_has_not_answered,
    tell=(Tell("mentorship.answer", everybody_else),),
)
DECLINE = Step(
    name="decline",
    label=gettext_lazy("Decline the offer"),
    sources=(Status.OFFERED,),
    to=Status.DECLINED,
    allowed=by_a_side,
    tell=(Tell("mentorship.answer", everybody_else),),
)
WITHDRAW_OFFER = Step(
    name="withdraw_offer",
    label=gettext_lazy("Take the offer back"),
    sources=(Status.OFFERED,),
    to=Status.WITHDRAWN,
    allowed=by_coordinators,
    tell=(Tell("mentorship.answer", both_sides),),
)
EXPIRE = Step(
    name="expire",
    label=gettext_lazy("Let the offer end"),
    sources=(Status.OFFERED,),
    to=Status.EXPIRED,
    allowed=by_the_sweep_when_late,
    tell=(Tell("mentorship.answer", everybody_else),),
)
STEPS = (OFFER, ACCEPT, DECLINE, WITHDRAW_OFFER, EXPIRE)
