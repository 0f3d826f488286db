"""Many cases for one reviewer: whom they could go to, which are left out and why, and giving them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import cover
from accounts.models import Role, User
from accounts.people import holders
from activity import clock
from activity.models import Event
from activity.models.events import describe
from activity.once import key_of
from activity.transactions import in_one_piece
from proposals.draft import several
from proposals.draft.models import Proposal
from proposals.review import assigning, ticked
from proposals.review.ranking import Candidate, ranked
from proposals.review.ticked import Outcome, Ticked

KIND = "case.assign"
# That a case is closed to somebody never says why it is.
CLOSED = gettext_lazy("closed to them")
THEIRS = gettext_lazy("theirs already")


@dataclass(frozen=True)
class Taker:
    """A reviewer, and how many of the cases that can be given would go to them."""

    candidate: Candidate
    takes: int
    of: int

    @property
    def why(self) -> str:
        """What speaks for and against them, in two sentences."""
        goes = _("All of them can go to this person.")
        if self.takes < self.of:
            goes = _("%(n)d of %(of)d can go to this person.") % {"n": self.takes, "of": self.of}
        return f"{goes} {self.candidate.why}"


def takers(rows: Sequence[Ticked]) -> list[Taker]:
    """Every reviewer who is not away, in one query.

    First those who can have most of the cases, then the best.
    """
    cases = [row for row in rows if not row.why_never]
    if not cases:
        return []
    today = clock.today()
    everybody = cover.here(holders(Role.REVIEWER, today), today)
    found = ranked(assigning.weighed(everybody, [row.case for row in cases]))
    counted = [
        Taker(each, sum(not why_not(row, each.person) for row in cases), len(cases))
        for each in found
    ]
    return sorted(counted, key=lambda taker: -taker.takes)


def why_not(row: Ticked, to: User) -> str:
    """Why a case does not go to this reviewer; "" if it does."""
    if row.why_never:
        return row.why_never
    if row.case.lead_reviewer_id == to.pk:
        return str(THEIRS)
    return str(CLOSED) if to.pk in row.barred else ""


@in_one_piece
def assign_many(
    *, references: Collection[str], to: User, shown: Collection[str], once: uuid.UUID, by: User
) -> Outcome:
    """Let one reviewer answer for cases, and tell them once. Pressed twice, they are given once.

    shown: the marks of the cases as the page showed them. once: the key of that page. Cases that
    `by` may not know of are as if they did not exist. Raises PermissionDenied for somebody who is
    no reviewer.
    """
    rows = ticked.locked(references, by)
    if not holders(Role.REVIEWER, clock.today()).filter(pk=to.pk).exists():
        raise PermissionDenied
    press = str(key_of(once, by.pk, to.pk))
    before = ticked.pressed(KIND, rows, press)
    why = {
        row.case.pk: why_not(row, to) or ("" if row.mark in shown else str(ticked.MOVED))
        for row in rows
        if row.case.pk not in before
    }
    _give([row.case for row in rows if why.get(row.case.pk) == ""], to, press, by)
    return Outcome(
        done=[row.case for row in rows if not why.get(row.case.pk)],
        left=[(row.case, why[row.case.pk]) for row in rows if why.get(row.case.pk)],
    )


def _give(cases: Sequence[Proposal], to: User, press: str, by: User) -> None:
    Proposal.objects.filter(pk__in=[case.pk for case in cases]).update(lead_reviewer=to)
    data = {"user": to.pk, "press": press}
    Event.objects.bulk_create(Event(**describe(KIND, case, by=by, data=data)) for case in cases)
    if to != by:
        several.tell("case.assign", cases, to)
