"""Letting a letter go out on a day that somebody orders: ordered, changed, called off, and released."""

from __future__ import annotations

import datetime
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from activity import clock, notices
from activity.models import Event
from activity.transactions import in_one_piece, lock, tried
from activity.workflow import MovedOn, must_know
from activity.worktime import ENGLAND_AND_WALES, calendar_for
from proposals.decision import actions, rules, steps
from proposals.decision.models import Decision
from proposals.draft.models import Proposal, SchemeVersion, Status


def last_day(scheme: SchemeVersion) -> datetime.date:
    """The last day for which a letter can be ordered today."""
    return clock.today() + datetime.timedelta(scheme.release_days)


def why_not(day: datetime.date, scheme: SchemeVersion) -> str:
    """Why a letter cannot be ordered for a day; "" if it can."""
    if day <= clock.today():
        return _("The day must be after today. To send it today, release it now")
    if day > last_day(scheme):
        return _("The day must be within %(days)d days") % {"days": scheme.release_days}
    if not calendar_for(ENGLAND_AND_WALES).is_working(day):
        return _("The day must be a working day, so that somebody is there to answer")
    return ""


def shown(decision: Decision | None) -> str:
    """The day that a page shows as ordered, as it sends it back; "" for none."""
    return decision.release_on.isoformat() if decision and decision.release_on else ""


@in_one_piece
def order_release(
    *, proposal: Proposal, on: datetime.date | None, shown: str, seen: int, by: User
) -> Decision:
    """Have the letters go out in the morning of a day; None takes back what was ordered.

    shown: the day that the page showed as ordered. Nobody outside is told. Raises as the step
    `release` does, MovedOn too when another day is ordered by now, ValidationError for a day that is
    none to send letters on.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    answer = must_know(steps.RELEASE, by, fresh)
    decision = _as_shown(fresh, shown, seen)
    if not answer:
        raise PermissionDenied(answer.reason)
    if on and (refusal := why_not(on, decision.recommendation.version.scheme)):
        raise ValidationError(refusal)
    decision.release_on = on
    decision.ordered_by, decision.ordered_at = (by, clock.now()) if on else (None, None)
    decision.save(update_fields=["release_on", "ordered_by", "ordered_at"])
    kind = "case.order_release" if on else "case.call_off_release"
    Event.objects.write(kind, fresh, by=by, data={"release_on": on} if on else {})
    return decision


def _as_shown(fresh: Proposal, day: str, seen: int) -> Decision:
    decision = rules.standing_decision(fresh)
    is_here = fresh.status == Status.DECIDED and fresh.revision == seen
    if decision is None or not is_here or shown(decision) != day:
        raise MovedOn(fresh)
    return decision


def go_through_the_ordered() -> int:
    """Release every letter whose day has come. Return how many.

    Only in office hours of a working day. Each in a transaction of its own; one that cannot be had
    now, or waits for an answer to a recall, is tried again next time.
    """
    if not notices.may_remind(clock.now()):
        return 0
    due = Decision.objects.to_go(clock.today()).select_related("proposal").order_by("pk")
    return sum(tried(partial(_release, each), "letter_not_released") for each in due.iterator())


def _release(decision: Decision) -> bool:
    """Release one letter, unless its case moved on or may not go now."""
    proposal = decision.proposal
    try:
        actions.release(proposal=proposal, seen=proposal.revision, by=rules.RELEASING)
    except (MovedOn, PermissionDenied):
        return False
    return True
