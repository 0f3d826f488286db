"""What becomes of somebody's cases while they are away."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from accounts import cover
from accounts.models import Absence, Role, User
from activity import clock, outbox
from proposals.draft import readers
from proposals.draft.models import Proposal, ProposalQuerySet
from proposals.draft.models.proposal import WITH_OFFICIALS


def seen_to_by(visible: ProposalQuerySet, reader: User) -> ProposalQuerySet:
    """Open cases that somebody answers for, or sees to for whom they stand in, of those they see."""
    people = cover.answering(reader, clock.today())
    return visible.filter(status__in=WITH_OFFICIALS, lead_reviewer__in=people)


def tell_of_closed(absence: Absence) -> None:
    """Tell of each case that is closed to whoever stands in: nobody else sees to it meanwhile.

    Whoever answers for it is told, and the decision makers to whom it is open; a stand-in is none
    of these, and learns of no such case.
    """
    if absence.stand_in is None:
        return
    led = Proposal.objects.led_by(absence.user)
    opened = Proposal.objects.of_officials(absence.stand_in).values("pk")
    for case in led.exclude(pk__in=opened).order_by("pk"):
        told = [absence.user, *readers.free(case, Role.DECISION_MAKER)]
        outbox.tell("case.uncovered", case, dict.fromkeys(told))


@dataclass(frozen=True)
class Away:
    """That whoever answers for a case is away. stand_in: who sees to it, or ""."""

    until: datetime.date
    stand_in: str


def leads_absence() -> Subquery:
    """Of each case, the absence of whoever answers for it, as a column for `lead_away`."""
    absent = Absence.objects.on(clock.today()).filter(user=OuterRef("lead_reviewer"))
    return Subquery(absent.values(found=JSONObject(until="ends_on", absence="pk"))[:1])


def lead_away(case: Any) -> Away | None:
    """Whether whoever answers for a case is away, and who sees to it: only who may open it."""
    found = case.lead_absence
    if found is None:
        return None
    covered = Absence.objects.covered(clock.today()).filter(pk=found["absence"])
    able = readers.free(case)
    seen_to = covered.filter(stand_in__in=able.values("pk")).select_related("stand_in").first()
    until = datetime.date.fromisoformat(found["until"])
    return Away(until, str(seen_to.stand_in) if seen_to else "")


def covered_until(case: Proposal, reader: User) -> datetime.date | None:
    """Until when somebody sees to a case for a colleague who answers for it; None for any other."""
    absence = cover.covering(reader, clock.today()).get(case.lead_reviewer_id or 0)
    return absence.ends_on if absence else None
