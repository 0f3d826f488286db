"""How the gates of a case stand: what was found last, and whether it is about this version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from proposals.draft.models import Gate, GateCode, Proposal, Version
from proposals.review.gates.known import vote_of
from proposals.review.gates.models import Finding, GateResult

# What was found -> the tag that shows it.
STATES = {Finding.YES: "yes", Finding.NO: "no", Finding.NOT_YET: "not-yet"}
STALE, TO_DO = "stale", "to-do"


@dataclass(frozen=True)
class Stands:
    """A gate of a case with its last result. version: the latest one, by its number.

    since: what has come since that result and that the gate rests on, in a sentence, or "".
    """

    gate: Gate
    last: GateResult | None
    version: int
    since: str = ""

    @property
    def is_stale(self) -> bool:
        """Whether it was answered about an earlier version or earlier facts: it counts no longer."""
        return self.last is not None and bool(self.is_earlier or self.since)

    @property
    def is_earlier(self) -> bool:
        """Whether it was answered about an earlier version."""
        return self.last is not None and self.last.version.number != self.version

    @property
    def found(self) -> str:
        """What was found on this version, or ""."""
        return self.last.found if self.last and not self.is_stale else ""

    @property
    def state(self) -> str:
        """The tag: a code."""
        return _state(self.found, is_stale=self.is_stale)

    @property
    def said(self) -> str:
        """The tag in words."""
        return _said(self.found, is_stale=self.is_stale)

    @property
    def key(self) -> str:
        """The gate in an address."""
        return self.gate.code.lower()


def gates_of(case: Proposal, version: Version) -> list[Stands]:
    """Every gate of the scheme that a version is judged by, in order.

    In two queries on a page of a case, and one more where the case was not found for one.
    """
    last = {each.gate: each for each in case.gate_results.standing()}
    return [
        stands_of(case, gate, last.get(gate.code), version)
        for gate in Gate.objects.of_scheme(version.scheme)
    ]


def stands_of(case: Proposal, gate: Gate, last: GateResult | None, version: Version) -> Stands:
    """A gate with its last result, and whether this still holds."""
    return Stands(gate, last, version.number, since(case, last) if last else "")


def since(case: Proposal, last: GateResult) -> str:
    """What has come since a result that would have had to be looked at, in a sentence; or ""."""
    answered_at = case.employer_answered_at
    if last.gate == GateCode.D and answered_at is not None and answered_at > last.at:
        return _("The employer has answered since.")
    if last.gate == GateCode.C and last.found == Finding.YES and not last.against:
        vote = vote_of(case)
        return _("A vote of staff has not said yes since.") if vote and not vote["is_yes"] else ""
    return ""


def found_so_far() -> ArraySubquery:
    """What was found last on each gate of its proposal, as a column of a query of versions."""
    results = GateResult.objects.filter(proposal=OuterRef("proposal"))
    last = results.order_by("gate", "-number").distinct("gate")
    row = JSONObject(
        gate="gate", found="found", at="at", against="against", version="version__number"
    )
    return ArraySubquery(last.values(row=row))


def in_short(
    case: Proposal, version: Version, read: list[dict[str, Any]]
) -> list[tuple[str, str, str]]:
    """Each gate by its letter, with its tag: a code, and words. read: by `found_so_far`."""
    last = {row["gate"]: row for row in read}
    short = []
    for code in GateCode:
        row = last.get(code)
        is_stale = row is not None and _is_stale(case, version, row)
        found = row["found"] if row and not is_stale else ""
        tag = _state(found, is_stale=is_stale), _said(found, is_stale=is_stale)
        short.append((str(code.label), *tag))
    return short


def _is_stale(case: Proposal, version: Version, row: dict[str, Any]) -> bool:
    read = {name: row[name] for name in ("gate", "found", "against")}
    last = GateResult(**read, at=datetime.fromisoformat(row["at"]))
    return bool(since(case, last)) or row["version"] != version.number


def _state(found: str, *, is_stale: bool) -> str:
    if found:
        return STATES[Finding(found)]
    return STALE if is_stale else TO_DO


def _said(found: str, *, is_stale: bool) -> str:
    if found:
        return str(Finding(found).label)
    return _("To confirm again") if is_stale else _("Not answered")
