"""The cases that an official ticked: read in one query, or locked one after another."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.models import Event
from activity.transactions import lock
from proposals.draft import readers
from proposals.draft.models import ConflictDeclaration, Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.review.queue import ORDER

OVER = _("not open any more")
UNDECLARED = _("you have not said yet whether you have a conflict of interest")
MOVED = _("moved on since you ticked")


@dataclass(frozen=True)
class Ticked:
    """A ticked case. barred: the keys of people to whom it is closed.

    opened: whether whoever ticked it declared that they have no conflict of interest.
    """

    case: Proposal
    opened: bool
    barred: frozenset[int]

    @property
    def why_never(self) -> str:
        """Why whoever ticked it can do nothing with it now; "" if they can."""
        if self.case.status not in WITH_OFFICIALS:
            return str(OVER)
        return "" if self.opened else str(UNDECLARED)

    @property
    def to_declare(self) -> bool:
        """Whether it opens once they have declared."""
        return self.why_never == str(UNDECLARED)

    @property
    def mark(self) -> str:
        """A mark of the case as a page shows it: another step, or another who answers, another mark."""
        shown = (self.case.pk, self.case.revision, self.case.lead_reviewer_id)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Outcome:
    """What became of ticked cases: those done, and those left out, each with the reason."""

    done: list[Proposal]
    left: list[tuple[Proposal, str]]


def read(references: Collection[str], reader: User) -> list[Ticked]:
    """The cases with these references that somebody may know of, the earliest due first."""
    declared = ConflictDeclaration.objects.filter(
        proposal=OuterRef("pk"), user=reader, is_conflict=False
    )
    known = Proposal.objects.of_officials(reader).filter(reference__in=references)
    found = readers.with_those_barred(known).annotate(opened=Exists(declared))
    rows = found.select_related("employer", "lead_reviewer").order_by(*ORDER)
    return [
        Ticked(case, case.opened, readers.barred(case))  # type: ignore[attr-defined]  # read along
        for case in rows
    ]


def locked(references: Collection[str], by: User) -> list[Ticked]:
    """The same, locked in the order of their keys and as they are by then."""
    known = Proposal.objects.of_officials(by).filter(reference__in=references).order_by("pk")
    held = {lock(Proposal, pk, by=by).pk for pk in known.values_list("pk", flat=True)}
    return [row for row in read(references, by) if row.case.pk in held]


def pressed(kind: str, rows: Collection[Ticked], press: str) -> set[int]:
    """The keys of those with which this press did this already. press: its key."""
    done = Event.objects.filter(
        kind=kind,
        subject_type=Proposal._meta.label_lower,
        subject_id__in=[row.case.pk for row in rows],
        data__press=press,
    )
    return set(done.values_list("subject_id", flat=True))
