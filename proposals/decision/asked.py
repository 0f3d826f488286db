"""What one official asks for and another answers: to take a decision back, to find exempt."""

from __future__ import annotations

from typing import TypeVar

from accounts.models import User
from activity import clock, outbox
from activity.models import Event
from activity.workflow import MovedOn
from proposals.decision.models import Recall
from proposals.draft.models import Exemption, Proposal
from proposals.review.models import Note

Asked = TypeVar("Asked", Recall, Exemption)


def as_shown(found: Asked | None, shown: int, proposal: Proposal) -> Asked:
    """The open request, if it is the one whose key a page showed. Raises MovedOn for any other."""
    if found is None or found.pk != shown:
        raise MovedOn(proposal)
    return found


def refuse(kind: str, found: Asked, proposal: Proposal, *, reason: str, by: User) -> Asked:
    """Keep that a request is refused: whoever asked is told, and reads why among the notes.

    kind: of the event, and of the message to them.
    """
    found.refused_by, found.refused_at = by, clock.now()
    found.save(update_fields=["refused_by", "refused_at"])
    Note.objects.create(proposal=proposal, by=by, text=reason)
    Event.objects.write(kind, proposal, by=by)
    outbox.tell(kind, proposal, [found.asked_by])
    return found
