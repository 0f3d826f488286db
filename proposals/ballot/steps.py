"""The steps of a vote: set up by a lead, run by a scrutineer, closed by the clock."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity import clock
from activity.actors import Actor
from activity.dates import moment_in_words
from activity.outbox import Recipient
from activity.workflow import YES, Answer, Step, Tell, because
from proposals.ballot import effects, rules
from proposals.ballot.models import LIVE, Ballot, RollEntry, Status
from proposals.draft import steps as draft


def team(ballot: Ballot, by: Actor) -> Iterable[Recipient]:
    """Everybody in the team."""
    return draft.team(ballot.proposal)


def scrutineer(ballot: Ballot, by: Actor) -> Iterable[Recipient]:
    """Whoever runs the vote now."""
    return [ballot.scrutineer_address]


def both(ballot: Ballot, by: Actor) -> Iterable[Recipient]:
    """The team, and whoever runs the vote."""
    return [*team(ballot, by), ballot.scrutineer_address]


def can_make_codes(actor: Actor, ballot: Ballot) -> Answer:
    answer = rules.as_scrutineer(actor, ballot)
    if answer and ballot.roll_checked_at is None:
        return because(_("Upload the roll first, and say that it is right."))
    return answer


def can_open(actor: Actor, ballot: Ballot) -> Answer:
    answer = rules.as_scrutineer(actor, ballot)
    if not answer:
        return answer
    if clock.now() < ballot.opens_at:
        said = _("It opens on %(moment)s at the earliest, as staff were told.")
        return because(said % {"moment": moment_in_words(ballot.opens_at)})
    if RollEntry.objects.filter(ballot=ballot, address="", is_sent=False).exists():
        return because(_("Print the letters first, and say that you have printed them."))
    return YES


def can_close(actor: Actor, ballot: Ballot) -> Answer:
    answer = YES if actor == rules.TENDING else rules.as_scrutineer(actor, ballot)
    if answer and clock.now() < ballot.closes_at:
        return because(_("It closes by itself. Nobody can close it before its time."))
    return answer


def as_it_is(ballot: Ballot) -> str:
    return str(ballot.status)


CHANGE = Step(
    name="change",
    label=gettext_lazy("Change the question or the dates"),
    sources=(Status.PREPARING,),
    to=Status.PREPARING,
    allowed=rules.as_lead,
)
REPLACE = Step(
    name="replace",
    label=gettext_lazy("Name another scrutineer"),
    sources=LIVE,
    to=as_it_is,
    results={status: (status,) for status in LIVE},
    allowed=rules.as_lead,
    effects=(effects.end_links,),
    tell=(Tell("ballot.replace", to=team), Tell("ballot.scrutineer", to=scrutineer)),
)
CODES = Step(
    name="codes",
    label=gettext_lazy("Make the codes"),
    sources=(Status.PREPARING, Status.READY),
    to=Status.READY,
    allowed=can_make_codes,
    effects=(effects.make_codes,),
)
OPEN = Step(
    name="open",
    label=gettext_lazy("Open the vote"),
    sources=(Status.READY,),
    to=Status.OPEN,
    allowed=can_open,
    effects=(effects.send_codes,),
)
CLOSE = Step(
    name="close",
    label=gettext_lazy("Close the vote and count"),
    sources=(Status.OPEN,),
    to=Status.CLOSED,
    allowed=can_close,
    effects=(effects.freeze_result, effects.delete_codes, effects.note_in_history),
    tell=(Tell("ballot.close", to=both),),
)
CALL_OFF = Step(
    name="call_off",
    label=gettext_lazy("Call the vote off"),
    sources=LIVE,
    to=Status.CALLED_OFF,
    allowed=rules.as_either,
    effects=(effects.delete_codes, effects.delete_votes, effects.note_in_history),
    tell=(Tell("ballot.call_off", to=both),),
)

STEPS = (CHANGE, REPLACE, CODES, OPEN, CLOSE, CALL_OFF)
