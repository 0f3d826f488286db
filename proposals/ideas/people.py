"""Who an actor is to an idea, and which mail would give its sender away."""

from __future__ import annotations

from accounts.addresses import employers_reading
from accounts.models import Role
from activity.actors import Actor, LinkHolder, holds
from proposals.ideas.models import Idea

EMPLOYER_DOMAIN = "employer-domain"


def answers(actor: Actor) -> bool:
    """Whether the actor answers ideas."""
    return holds(actor, Role.COORDINATOR)


def sent_it(actor: Actor, idea: Idea) -> bool:
    """Whether the actor is the sender, in a browser that has proved it."""
    return isinstance(actor, LinkHolder) and actor.subject_id == idea.pk and actor.proved


def reason_to_hold(idea: Idea, address: str) -> str | None:
    """A code of why no mail about this idea may go to this address; None if it may."""
    if idea.employer_must_not_know and employers_reading(address).exists():
        return EMPLOYER_DOMAIN
    return None
