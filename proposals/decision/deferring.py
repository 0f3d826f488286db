"""Deferring a decision, once: the team is asked for what is missing, and the chain starts again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from activity import outbox
from activity.transactions import in_one_piece
from activity.workflow import take
from proposals.decision import rules, steps
from proposals.decision.models import Deferral, Recommendation
from proposals.draft.models import Proposal
from proposals.review.requests import Wanted, write


@in_one_piece
def defer(
    *,
    proposal: Proposal,
    asks: Iterable[Wanted],
    answer_by: datetime.date,
    seen: int,
    by: User,
) -> Proposal:
    """Ask the team once more, as the third person, in place of a decision.

    asks: what is missing, each with the reason for asking. The recommendation stands no longer, of
    which those who made it are told and the team learns nothing. Raises ValidationError when nothing is asked.
    """
    asks = list(asks)
    if not asks:
        raise ValidationError(_("Ask at least one thing"))
    data = {"requests": len(asks), "reasons": [each.code.code for each in asks if each.code]}
    moved = take(steps.DEFER, proposal, by=by, seen=seen, data=data, answer_by=answer_by)
    chain = cast(Recommendation, rules.standing_recommendation(moved))
    chain.sent_back_by, chain.sent_back_at = by, moved.status_at
    chain.save(update_fields=["sent_back_by", "sent_back_at"])
    Deferral.objects.create(proposal=moved, recommendation=chain, by=by, at=moved.status_at)
    write(moved, asks, by=by)
    outbox.tell("case.defer", moved, [each for each in (chain.by, chain.countersigned_by) if each])
    return moved
