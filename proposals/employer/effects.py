"""What follows for the employer from the steps of other parts, in the same transaction."""

from __future__ import annotations

from activity import outbox
from activity.actors import Actor
from activity.models import Event
from proposals.draft.models import Proposal
from proposals.employer import actions
from proposals.employer.models import Ended


def ask(proposal: Proposal, by: Actor, event: Event) -> None:
    """Ask the official whom we know, now that the proposal is submitted."""
    actions.ask_on_submission(proposal)


def stop_for_withdrawal(proposal: Proposal, by: Actor, event: Event) -> None:
    """Ask nobody any longer: the team stopped it."""
    actions.stop(proposal, Ended.WITHDRAWN, actions.ASKING)


def stop_for_return(proposal: Proposal, by: Actor, event: Event) -> None:
    """Ask nobody any longer: it is the team's draft again."""
    actions.stop(proposal, Ended.RETURNED, actions.ASKING)


def tell_decided(proposal: Proposal, by: Actor, event: Event) -> None:
    """Tell the official who is asked that there is a decision, if anybody is."""
    live = actions.live_of(proposal)
    if live is not None:
        outbox.tell("employer.decided", live, [live.address])
