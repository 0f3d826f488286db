"""Who answers for which provider, and who an actor is to an enquiry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Organisation, OrganisationKind, Role
from activity.actors import Actor, LinkHolder, appointments_of

if TYPE_CHECKING:
    from advice.intake.models import Enquiry

ANSWERS = (Role.ADVISER, Role.ADVICE_LEAD)


def providers_of(actor: Actor, *roles: Role) -> list[Organisation]:
    """The providers in which the actor holds one of these roles today (none given: either)."""
    held = {
        each.organisation.pk: each.organisation
        for each in appointments_of(actor)
        if each.role in (roles or ANSWERS)
        and each.organisation.kind == OrganisationKind.ADVICE_PROVIDER
    }
    return list(held.values())


def takes(actor: Actor) -> bool:
    """Whether the actor takes enquiries: a lead hands them over and closes them."""
    return bool(providers_of(actor, Role.ADVISER))


def answers_for(actor: Actor, enquiry: Enquiry, *roles: Role) -> bool:
    """Whether the actor holds one of these roles (none given: either) where the enquiry is held."""
    return enquiry.provider_id in [provider.pk for provider in providers_of(actor, *roles)]


def has_it(actor: Actor, enquiry: Enquiry) -> bool:
    """Whether the actor is the adviser who holds it, and still works for its provider."""
    return enquiry.adviser_id == getattr(actor, "pk", None) and answers_for(actor, enquiry)


def has_left(enquiry: Enquiry) -> bool:
    """Whether somebody has it who does not answer for its provider any longer."""
    adviser = enquiry.adviser
    return adviser is not None and not (adviser.is_active and answers_for(adviser, enquiry))


def asked_it(actor: Actor, enquiry: Enquiry) -> bool:
    """Whether the actor is the enquirer, in a browser that has proved it."""
    return isinstance(actor, LinkHolder) and actor.subject_id == enquiry.pk and actor.proved
