"""What becomes of a vote when its proposal stops."""

from __future__ import annotations

from django.utils.translation import gettext as _

from activity.actors import Actor
from activity.models import Event
from proposals.ballot import actions, rules
from proposals.ballot.models import Ballot
from proposals.draft.models import Proposal


def call_off(proposal: Proposal, by: Actor, event: Event) -> None:
    """Call off the vote that is prepared or open: there is nothing to vote on any longer."""
    ballot = Ballot.objects.live().filter(proposal=proposal).first()
    if ballot is not None:
        because = _("The proposal was stopped.")
        actions.call_off(ballot=ballot, because=because, seen=ballot.revision, by=rules.TENDING)
