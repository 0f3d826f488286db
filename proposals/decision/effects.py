"""What follows from a release, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from activity.actors import Actor
from activity.models import Event
from pathfinders.register.actions import entry_lock, open_from_approval
from proposals.draft.models import Proposal, Status
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
    )
