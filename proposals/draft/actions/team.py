"""The people of a team: invite, accept, revoke, remove."""

from __future__ import annotations

import datetime
import uuid

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from activity import clock, links, outbox
from activity.models import Event, Link
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft import rules
from proposals.draft.models import Invitation, Member, MemberRole, Proposal, Signature, Status

INVITATION_LIVES = datetime.timedelta(days=14)
JOIN = "proposals.join"


@in_one_piece
def invite(
    *, proposal: Proposal, name: str, email: str, role: str, once: uuid.UUID, by: User
) -> Invitation:
    """Ask a colleague to join, quietly. An open invitation to the same address is replaced.

    Pressed twice, they are asked once; put right and pressed again, the first is replaced. Raises
    MovedOn when what this page asked was answered, replaced or taken back since.
    """
    fresh = _as_lead(proposal, by)
    key = key_of(once, by.pk, fresh.pk, role, email.lower(), name)
    asked = Invitation.objects.filter(once=key).first()
    if asked is not None:
        if asked.answered_at or asked.revoked_at:
            raise MovedOn(fresh)
        return asked
    for old in Invitation.objects.filter(
        proposal=fresh, email=email.lower(), answered_at=None, revoked_at=None
    ):
        _end(old)
    now = clock.now()
    invitation = Invitation.objects.create(
        proposal=fresh,
        name=name,
        email=email.lower(),
        role=role,
        invited_by=by,
        invited_at=now,
        expires_at=now + INVITATION_LIVES,
        once=key,
    )
    Event.objects.write("proposal.invite", fresh, by=by, data={"role": role})
    outbox.tell("member.invite", invitation, [email.lower()])
    return invitation


@in_one_piece
def revoke(*, invitation: Invitation, by: User) -> None:
    """Take an invitation back; its link ends with it.

    Raises MovedOn when it was answered or taken back meanwhile.
    """
    fresh = _as_lead(invitation.proposal, by)
    if not _end(invitation):
        raise MovedOn(fresh)
    Event.objects.write("proposal.revoke", fresh, by=by)


@in_one_piece
def accept(*, invitation: Invitation, link: Link, by: User) -> Member:
    """Join a team by an invitation, which ends with it.

    Somebody who is in the team already stays what they are. Raises MovedOn when the invitation
    was answered, taken back or ended since the page was drawn.
    """
    proposal = lock(Proposal, invitation.proposal_id, by=by)
    fresh = Invitation.objects.open().filter(pk=invitation.pk).first()
    if fresh is None or not links.use(link):
        raise MovedOn(proposal)
    fresh.answered_at, fresh.accepted = clock.now(), True
    fresh.save(update_fields=["answered_at", "accepted"])
    member, joined = Member.objects.current().get_or_create(
        proposal=proposal, user=by, defaults={"role": fresh.role}
    )
    if joined:
        Event.objects.write("proposal.join", proposal, by=by, data={"role": fresh.role})
    return member


@in_one_piece
def member_remove(*, member: Member, by: User) -> None:
    """Take somebody out of the team: they see nothing of it from now on.

    The lead cannot be removed. While signatures are asked for nobody whose signature is among
    them can: reopen first, so that everybody signs what the remaining team stands for.
    Raises MovedOn when they have left meanwhile.
    """
    fresh = _as_lead(member.proposal, by)
    if member.role == MemberRole.LEAD:
        raise PermissionDenied(_("The lead cannot be removed."))
    signs = Signature.objects.current().filter(user=member.user, proposal=fresh).exists()
    if fresh.status == Status.AWAITING_SIGN_OFF and signs:
        raise PermissionDenied(_("This person is asked to sign. Open the proposal again first."))
    if not Member.objects.current().filter(pk=member.pk).update(left_at=clock.now()):
        raise MovedOn(fresh)
    Event.objects.write("proposal.member_remove", fresh, by=by)


def _as_lead(proposal: Proposal, by: User) -> Proposal:
    fresh = lock(Proposal, proposal.pk, by=by)
    answer = rules.only_the_lead(by, fresh)
    if not answer:
        raise PermissionDenied(answer.reason)
    return fresh


def _end(invitation: Invitation) -> bool:
    """End an invitation and its link. False when it had ended, or was answered, already."""
    still_open = Invitation.objects.filter(pk=invitation.pk, answered_at=None, revoked_at=None)
    ended = still_open.update(revoked_at=clock.now())
    links.revoke(invitation, purpose=JOIN)
    return bool(ended)
