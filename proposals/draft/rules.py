"""Claims about a person and a proposal, on which steps and pages rest."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Role, User
from activity.actors import Actor, holds, identity
from activity.workflow import NO, YES, Answer, because
from proposals.draft import openness
from proposals.draft.models import (
    ConflictDeclaration,
    Invitation,
    Member,
    MemberRole,
    Proposal,
    Signature,
)


@dataclass(frozen=True)
class Standing:
    """What a person is to a proposal.

    member: their part in the team, or None. conflict: what they declared as an official, or None
    if they declared nothing yet.
    """

    member: MemberRole | None = None
    conflict: bool | None = None


def standing(actor: Actor, proposal: Proposal) -> Standing:
    """What the actor is to this proposal; read once for each instance that was fetched."""
    known: dict[tuple[str, str], Standing] = proposal.__dict__.setdefault("_standings", {})
    who = identity(actor)
    if who not in known:
        known[who] = _read(actor, proposal) if isinstance(actor, User) else Standing()
    return known[who]


def remember(actor: Actor, proposal: Proposal, found: Standing) -> None:
    """Spare this instance a reading: its own query has said what the actor is to it."""
    proposal.__dict__.setdefault("_standings", {})[identity(actor)] = found


def _read(user: User, proposal: Proposal) -> Standing:
    member = Member.objects.current().filter(user=user, proposal=proposal).first()
    if member is not None:
        return Standing(member=MemberRole(member.role))
    if not holds(user, Role.REVIEWER, Role.DECISION_MAKER):
        return Standing()
    return Standing(conflict=ConflictDeclaration.objects.word_of(user, proposal))


def is_member(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor is in the team."""
    return standing(actor, proposal).member is not None


def is_lead(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor leads the team."""
    return standing(actor, proposal).member == MemberRole.LEAD


def can_edit(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor may write in the draft, while it is one."""
    return standing(actor, proposal).member in (MemberRole.LEAD, MemberRole.EDITOR)


def only_the_lead(actor: Actor, proposal: Proposal) -> Answer:
    """Yes to the lead; a refusal with its reason to the others in the team."""
    if is_lead(actor, proposal):
        return YES
    return because(_("Your team lead can do this.")) if is_member(actor, proposal) else NO


def is_in_team(proposal: Proposal, address: str) -> bool:
    """Whether somebody who signs in with this address is in the team, or it was asked to join."""
    members = Member.objects.current().filter(proposal=proposal, user__email__iexact=address)
    asked = Invitation.objects.open().filter(proposal=proposal, email__iexact=address)
    return members.values("pk").union(asked.values("pk")).exists()


def must_stay(member: Member, proposal: Proposal) -> str:
    """Why a member can neither change their part nor leave now; "" if they can."""
    if member.role == MemberRole.LEAD:
        return _("This is the lead. Let somebody else lead the team first.")
    signs = Signature.objects.current().filter(user=member.user_id, proposal=proposal)
    if openness.is_being_signed(proposal) and signs.exists():
        return _("Somebody who is asked to sign stays as they are. Open the proposal again first.")
    return ""


def cannot_lead(member: Member, proposal: Proposal) -> str:
    """Why the lead cannot be handed over to a member now; "" if it can."""
    if member.role == MemberRole.LEAD:
        return _("They lead the team already.")
    if member.role == MemberRole.VIEWER:
        return _("Somebody who may only read cannot lead. Let them write first.")
    if openness.is_being_signed(proposal):
        return _("The lead is asked to sign. Open the proposal again first.")
    return ""


def official(actor: Actor, proposal: Proposal, role: Role) -> Answer:
    """Yes to somebody with the role who has declared that they have no conflict."""
    if not holds(actor, role):
        return NO
    found = standing(actor, proposal)
    if found.member is not None or found.conflict:
        return NO
    if found.conflict is None:
        return because(_("Say first whether you have a conflict of interest."))
    return YES
