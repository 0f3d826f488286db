"""Setting a vote up, by the lead of the team; and calling it off."""

from __future__ import annotations

import datetime
import uuid

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from activity import outbox
from activity.actors import Actor
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import take
from proposals.ballot import gate, steps
from proposals.ballot.models import Ballot
from proposals.draft.models import Proposal
from proposals.draft.rules import is_in_team


@in_one_piece
def begin(
    *,
    proposal: Proposal,
    question: str,
    opens_at: datetime.datetime,
    closes_at: datetime.datetime,
    scrutineer_name: str,
    scrutineer_address: str,
    once: uuid.UUID | None = None,
    by: User,
) -> Ballot:
    """Set a vote up, and ask its scrutineer. Pressed twice, it is set up once.

    Raises PermissionDenied with the reason where none may begin, and for a scrutineer from the
    team.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    asked = key_of(once, by.pk, fresh.pk, opens_at, closes_at, scrutineer_address, question)
    known = Ballot.objects.filter(once=asked).first()
    if known is not None:
        return known
    answer = gate.can_begin(by, fresh)
    if not answer:
        raise PermissionDenied(answer.reason)
    must_be_outside(fresh, scrutineer_address)
    number = Ballot.objects.filter(proposal=fresh).count() + 1
    ballot = Ballot.objects.create(
        reference=f"{fresh.reference}-V{number}",
        proposal=fresh,
        number=number,
        question=question,
        opens_at=opens_at,
        closes_at=closes_at,
        scrutineer_name=scrutineer_name,
        scrutineer_address=scrutineer_address,
        once=asked,
    )
    Event.objects.write("ballot.begin", ballot, by=by, data={"number": number})
    # What the team does is a touch of its proposal, and stands in its history.
    Event.objects.write("proposal.ballot_begin", fresh, by=by, data={"number": number})
    outbox.tell("ballot.scrutineer", ballot, [scrutineer_address])
    return ballot


def change(
    *,
    ballot: Ballot,
    question: str,
    opens_at: datetime.datetime,
    closes_at: datetime.datetime,
    seen: int,
    by: User,
) -> Ballot:
    """Change what is asked or when, while nobody has been given a code."""
    return take(
        steps.CHANGE,
        ballot,
        by=by,
        seen=seen,
        question=question,
        opens_at=opens_at,
        closes_at=closes_at,
    )


@in_one_piece
def replace(
    *, ballot: Ballot, scrutineer_name: str, scrutineer_address: str, seen: int, by: User
) -> Ballot:
    """Let somebody else run it from now on: the old link dies, the roll and the codes stay.

    Raises PermissionDenied for somebody from the team.
    """
    must_be_outside(lock(Proposal, ballot.proposal_id, by=by), scrutineer_address)
    return take(
        steps.REPLACE,
        ballot,
        by=by,
        seen=seen,
        scrutineer_name=scrutineer_name,
        scrutineer_address=scrutineer_address,
    )


def call_off(*, ballot: Ballot, because: str, seen: int, by: Actor) -> Ballot:
    """Stop it without a result. What was voted is deleted; it counts neither as yes nor as no."""
    return take(steps.CALL_OFF, ballot, by=by, seen=seen, called_off_because=because)


def must_be_outside(proposal: Proposal, address: str) -> None:
    """Raise PermissionDenied where a scrutineer would be one of the team."""
    if is_in_team(proposal, address):
        raise PermissionDenied(_("The scrutineer must be somebody outside the team."))
