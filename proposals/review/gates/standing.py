"""How the gates of a case stand: what was found last, and whether it is about this version."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from proposals.draft.models import Gate, Proposal, Version
from proposals.review.gates.models import Finding, GateResult

# What was found -> the tag that shows it.
STATES = {Finding.YES: "yes", Finding.NO: "no", Finding.NOT_YET: "not-yet"}


@dataclass(frozen=True)
class Stands:
    """A gate of a case with its last result. version: the latest one, by its number."""

    gate: Gate
    last: GateResult | None
    version: int

    @property
    def is_stale(self) -> bool:
        """Whether it was answered about an earlier version, and counts no longer."""
        return self.last is not None and self.last.version.number != self.version

    @property
    def found(self) -> str:
        """What was found on this version, or ""."""
        return self.last.found if self.last and not self.is_stale else ""

    @property
    def state(self) -> str:
        """The tag: a code."""
        return STATES[Finding(self.found)] if self.found else "stale" if self.last else "to-do"

    @property
    def said(self) -> str:
        """The tag in words."""
        if self.last is None:
            return _("Not answered")
        if self.is_stale:
            return _("To confirm again")
        return self.last.get_found_display()

    @property
    def key(self) -> str:
        """The gate in an address."""
        return self.gate.code.lower()


def gates_of(case: Proposal, version: Version) -> list[Stands]:
    """Every gate of the scheme that a version is judged by, in order, in two queries."""
    last = {each.gate: each for each in case.gate_results.standing()}
    gates = Gate.objects.of_scheme(version.scheme)
    return [Stands(gate, last.get(gate.code), version.number) for gate in gates]
