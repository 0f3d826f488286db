"""The steps of a team, as actions."""

from __future__ import annotations

import datetime
import uuid

from accounts.models import User
from activity import clock
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, must_know, revision_known_to, take
from activity.worktime import ENGLAND_AND_WALES, calendar_for, due_on
from proposals.draft import openness, steps
from proposals.draft.models import (
    Member,
    Proposal,
    SchemeVersion,
    Signature,
    Withdrawal,
)


def ask_sign_off(*, proposal: Proposal, signers: list[Member], seen: int, by: User) -> Proposal:
    """Close the text and ask these members to sign it."""
    ids = sorted(member.user_id for member in signers)
    return take(steps.ASK_SIGN_OFF, proposal, by=by, seen=seen, data={"signers": ids})


@in_one_piece
def sign(
    *, proposal: Proposal, asked: uuid.UUID, typed_name: str, typed_role: str, by: User
) -> Proposal:
    """Sign the text that the page showed, under the declaration of the scheme in force.

    asked: the key of the request for this signature. It stands for the text: another signer's
    signature leaves it standing, and reopening makes it void. Raises MovedOn when it is void
    or given.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    must_know(steps.SIGN, by, fresh)
    mine = Signature.objects.missing().filter(key=asked, proposal=fresh, user=by).first()
    if mine is None or not openness.is_being_signed(fresh):
        raise MovedOn(fresh)
    signed = take(steps.SIGN, fresh, by=by, seen=revision_known_to(by, fresh))
    mine.signed_at, mine.typed_name, mine.typed_role = clock.now(), typed_name, typed_role
    mine.scheme = SchemeVersion.objects.in_force(clock.today())
    mine.save(update_fields=["signed_at", "typed_name", "typed_role", "scheme"])
    return signed


def reopen(*, proposal: Proposal, seen: int, by: User) -> Proposal:
    """Open the text again; every signature becomes void and its owner is told."""
    return take(steps.REOPEN, proposal, by=by, seen=seen)


def submit(*, proposal: Proposal, seen: int, by: User) -> Proposal:
    """Submit: freeze the next version, start the clock, tell the team."""
    now = clock.now()
    today = clock.today()
    scheme = SchemeVersion.objects.in_force(today)
    return take(
        steps.SUBMIT,
        proposal,
        by=by,
        seen=seen,
        submitted_at=now,
        due_on=deadline(today, scheme),
        scheme=scheme,
    )


@in_one_piece
def withdraw(*, proposal: Proposal, reason: str, words: str = "", seen: int, by: User) -> Proposal:
    """Stop the proposal for good, and keep why.

    reason: of WithdrawalReason. Pressed twice, the second press raises MovedOn.
    """
    stopped = take(steps.WITHDRAW, proposal, by=by, seen=seen)
    Withdrawal.objects.create(
        proposal=stopped, reason=reason, words=words, by=by, at=stopped.status_at
    )
    return stopped


def deadline(received_on: datetime.date, scheme: SchemeVersion) -> datetime.date:
    """The last day on which a decision is in time, in working days of the Cabinet Office."""
    return due_on(received_on, scheme.decision_days, [], calendar_for(ENGLAND_AND_WALES))


__all__ = ["ask_sign_off", "deadline", "reopen", "sign", "submit", "withdraw"]
