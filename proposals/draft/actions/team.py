"""Asking colleagues to join a team: invite, accept, revoke."""

from __future__ import annotations

import datetime
import uuid

from accounts.models import User
from activity import clock, links, outbox
from activity.models import Event, Link
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft.actions.members import as_lead
from proposals.draft.models import Invitation, Member, Proposal

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
    fresh = as_lead(proposal, by)
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
    fresh = as_lead(invitation.proposal, by)
    if not _end(invitation):
        raise MovedOn(fresh)
    Event.objects.write("proposal.revoke", fresh, by=by)


@in_one_piece
def accept(*, invitation: Invitation, link: Link, employed: bool, by: User) -> Member:
    """Join a team by an invitation, which ends with it.

    employed: whether they work for the employer now, as they say themselves. Somebody who is in the team already stays what they are. Raises MovedOn when the invitation
    was answered, taken back or ended since the page was drawn.
    """
    proposal = lock(Proposal, invitation.proposal_id, by=by)
    fresh = Invitation.objects.open().filter(pk=invitation.pk).first()
    if fresh is None or not links.use(link):
        raise MovedOn(proposal)
    fresh.answered_at, fresh.accepted = clock.now(), True
    fresh.save(update_fields=["answered_at", "accepted"])
    member, joined = Member.objects.current().get_or_create(
        proposal=proposal, user=by, defaults={"role": fresh.role, "employed": employed}
    )
    if joined:
        Event.objects.write("proposal.join", proposal, by=by, data={"role": fresh.role})
    return member


def _end(invitation: Invitation) -> bool:
    """End an invitation and its link. False when it had ended, or was answered, already."""
    still_open = Invitation.objects.filter(pk=invitation.pk, answered_at=None, revoked_at=None)
    ended = still_open.update(revoked_at=clock.now())
    links.revoke(invitation, purpose=JOIN)
    return bool(ended)
