"""What becomes of the cases of a reviewer who leaves."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from activity.models import Event
from activity.models.events import describe
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS

KIND = "case.leave"


def open_cases() -> QuerySet[Proposal]:
    """Every case that officials have, for a subquery."""
    return Proposal.objects.filter(status__in=WITH_OFFICIALS)


def return_to_queue(user: User, *, by: User) -> int:
    """Take somebody off every open case that they answer for, marked why. Return how many.

    Within a transaction. They are locked in the order of their keys, in one query: a leaver may
    have a thousand.
    """
    held = Proposal.objects.led_by(user).select_for_update(of=("self",), no_key=True).order_by("pk")
    cases = list(held)
    Proposal.objects.filter(pk__in=[case.pk for case in cases]).update(lead_reviewer=None)
    Event.objects.bulk_create(Event(**describe(KIND, case, by=by, data={})) for case in cases)
    return len(cases)
