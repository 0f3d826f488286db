"""What follows from a release, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from activity.actors import Actor
from activity.models import Event
from pathfinders.register.actions import entry_lock, open_from_approval
from proposals.decision import rules
from proposals.draft.models import Proposal, Status
from proposals.draft.promises import promised_in
from proposals.draft.steps import team


def entry_of(proposal: Proposal) -> Iterable[tuple[type[models.Model], int]]:
    """The register's entry that is there already: it is locked before its proposal."""
    return entry_lock(proposal.reference)


def open_entry(proposal: Proposal, by: Actor, event: Event) -> None:
    """Open the register's entry of an approved proposal, with its team as the entry's people."""
    if proposal.status == Status.REJECTED:
        return
    open_from_approval(
        proposal_reference=proposal.reference,
        title=proposal.title,
        sector=proposal.sector,
        employer=proposal.employer,
        people=list(team(proposal)),
        by=by,
        commitments=carried(proposal),
    )


def carried(proposal: Proposal) -> Iterator[dict[str, Any]]:
    """What a proposal is approved for: the promises frozen with the version, then the conditions."""
    chain = rules.standing_recommendation(proposal)
    if chain is None:
        return
    number = {"version": chain.version.number}
    for each in promised_in(chain.version) or []:
        columns = vars(each) | {"targets": {str(year): at for year, at in each.targets.items()}}
        yield {key: text for key, text in columns.items() if key != "name"} | number
    for n, term in enumerate(chain.conditions.all(), 1):
        said = {"key": f"condition:{n}", "kind": "condition", "says": term.text}
        shown = {"owner": term.owner, "due_on": term.due_on, "evidence": term.evidence}
        yield said | shown | number
