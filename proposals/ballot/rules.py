"""Claims about a person and a vote, on which its steps rest."""

from __future__ import annotations

from django.utils.translation import gettext as _

from activity.actors import Actor, LinkHolder, System
from activity.workflow import NO, YES, Answer, because
from proposals.ballot.models import SCRUTINEER, Ballot, Status
from proposals.draft import rules
from proposals.draft.models import Member, Proposal

# What the portal does with votes by itself.
TENDING = System("ballot")


def is_scrutineer(actor: Actor, ballot: Ballot) -> bool:
    """Whether the actor runs this vote now, in a browser that has proved it."""
    return (
        isinstance(actor, LinkHolder)
        and actor.proved
        and (actor.purpose, actor.subject_type) == (SCRUTINEER, ballot._meta.label_lower)
        and actor.subject_id == ballot.pk
        and actor.address.lower() == ballot.scrutineer_address.lower()
    )


def as_scrutineer(actor: Actor, ballot: Ballot) -> Answer:
    """Yes to whoever runs it, as long as they are no part of the team; a word to the team."""
    if is_scrutineer(actor, ballot):
        if rules.is_in_team(ballot.proposal, ballot.scrutineer_address):
            return because(_("You are in the team now. Your team names another scrutineer."))
        return YES
    if rules.is_member(actor, ballot.proposal):
        return because(_("The scrutineer does this, not the team."))
    return NO


def as_lead(actor: Actor, ballot: Ballot) -> Answer:
    """Yes to the lead of the team."""
    return rules.only_the_lead(actor, ballot.proposal)


def as_either(actor: Actor, ballot: Ballot) -> Answer:
    """Yes to whoever runs it; to the lead until it opens; to the portal itself."""
    if actor == TENDING or is_scrutineer(actor, ballot):
        return YES
    answer = as_lead(actor, ballot)
    if answer and ballot.status == Status.OPEN:
        return because(_("The vote is open: only its scrutineer can call it off now."))
    return answer


def is_called_like_a_member(proposal: Proposal, name: str) -> bool:
    """Whether somebody in the team has this name."""
    members = Member.objects.current().filter(proposal=proposal)
    return members.filter(user__name__iexact=name.strip()).exists()
