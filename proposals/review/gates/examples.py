"""Gates of the example cases, answered as a reviewer would."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from proposals.draft.models import GateCode, Proposal
from proposals.review.gates import actions
from proposals.review.gates.actions import Given
from proposals.review.gates.models import Finding

# What shows each, and the page that it rests on.
SHOWN = {
    GateCode.A: ("No part of it is in an exempt area.", "service/limits"),
    GateCode.B: ("Employees hold most votes and elect most of the board.", "model/members"),
    GateCode.C: (
        "The survey was open to all, and its question leaned neither way.",
        "staff/evidence",
    ),
    GateCode.D: ("The saving holds against staying in-house, line by line.", "money/figures"),
    GateCode.E: ("Every indicator is at least where it is now.", "quality/indicators"),
    GateCode.F: ("Continuity and debts are settled; who watches what is named.", "support/risks"),
}
# What is found on gates that are not passed: of one that is rejected, and of one still assessed.
NOT_PASSED = {"E": (Finding.NO, "No figure for accidents is given, and today's is known.")}
OPEN_STILL = {
    "C": (Finding.NOT_YET, "The survey is open until the end of the month."),
    "F": (Finding.NOT_YET, "The plan for the end of the contract names nobody who answers for it."),
}


def answered(
    proposal: Proposal,
    by: User,
    otherwise: Mapping[str, tuple[Finding, str]] = {},
    *,
    only: tuple[str, ...] = tuple(GateCode.values),
) -> None:
    """A yes to each gate, but where it is said otherwise. only: leaves the others unanswered."""
    version = proposal.versions.latest().number
    for code in only:
        words, page = SHOWN[GateCode(code)]
        found, evidence = otherwise.get(code, (Finding.YES, words))
        given = Given(found, evidence, (f"page:{page}",))
        actions.answer(proposal=proposal, gate=code, given=given, seen=0, version=version, by=by)
