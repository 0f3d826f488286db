"""What follows from a step, in the same transaction."""

from __future__ import annotations

from activity.actors import Actor
from activity.models import Event
from proposals.draft import freezing
from proposals.draft.models import Proposal, Signature


def ask_signers(proposal: Proposal, by: Actor, event: Event) -> None:
    """Ask the people whom the event names, by id, to sign the text as it stands."""
    Signature.objects.bulk_create(
        Signature(proposal=proposal, user_id=pk, asked_at=proposal.status_at)
        for pk in event.data["signers"]
    )


def void_signatures(proposal: Proposal, by: Actor, event: Event) -> None:
    """Take every signature off: they were given for this text and no other."""
    rows = Signature.objects.current().filter(proposal=proposal)
    rows.update(voided_at=proposal.status_at)


def freeze_version(proposal: Proposal, by: Actor, event: Event) -> None:
    """Keep what was submitted as the next version."""
    freezing.freeze(proposal)
