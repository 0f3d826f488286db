"""The result of a vote that was held outside the portal, as a team enters it."""

from __future__ import annotations

import datetime
import uuid

from django.core.exceptions import PermissionDenied

from accounts.models import User
from activity import clock
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from proposals.ballot import effects, gate, hours
from proposals.ballot.counting import Count
from proposals.ballot.models import Ballot, Status
from proposals.draft.models import Proposal, SchemeVersion


@in_one_piece
def enter(
    *,
    proposal: Proposal,
    question: str,
    count: Count,
    opened_on: datetime.date,
    closed_on: datetime.date,
    run_by: str,
    once: uuid.UUID | None = None,
    by: User,
) -> Ballot:
    """Keep what came of a vote held elsewhere, in place of what was entered before.

    It is judged by the same rules as a vote held here. Pressed twice, it is entered once. Raises
    PermissionDenied with the reason where none may be entered.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    key = key_of(once, by.pk, fresh.pk, count, opened_on, closed_on, run_by, question)
    known = Ballot.objects.filter(once=key).first()
    if known is not None:
        return known
    answer = gate.can_enter(by, fresh, opened_on)
    if not answer:
        raise PermissionDenied(answer.reason)
    now = clock.now()
    Ballot.objects.filter(proposal=fresh, is_elsewhere=True, replaced_at=None).update(
        replaced_at=now
    )
    scheme = SchemeVersion.objects.in_force(clock.today())
    number = Ballot.objects.filter(proposal=fresh).count() + 1
    ballot = Ballot.objects.create(
        reference=f"{fresh.reference}-V{number}",
        proposal=fresh,
        number=number,
        status=Status.CLOSED,
        is_elsewhere=True,
        question=question,
        opens_at=hours.morning(opened_on),
        opened_at=hours.morning(opened_on),
        closes_at=hours.evening(closed_on),
        scrutineer_name=run_by,
        on_roll=count.eligible,
        least_turnout=scheme.ballot_turnout,
        least_share=scheme.ballot_share,
        again_months=scheme.ballot_again_months,
        least_group=scheme.ballot_least_group,
        once=key,
    )
    effects.keep_result(ballot, count, at=now)
    Event.objects.write("ballot.enter", ballot, by=by, data={"number": number})
    Event.objects.write("proposal.ballot_enter", fresh, by=by, data={"number": number})
    return ballot
