"""The people in a team: what each may do, who leads, who leaves, and whose name may be known."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.models import User
from activity import clock, outbox
from activity.models import Event
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft import rules
from proposals.draft.models import Member, MemberRole, Proposal


def as_lead(proposal: Proposal, by: User) -> Proposal:
    """The proposal, locked, for its lead. Raises PermissionDenied with its reason for the others."""
    fresh = lock(Proposal, proposal.pk, by=by)
    answer = rules.only_the_lead(by, fresh)
    if not answer:
        raise PermissionDenied(answer.reason)
    return fresh


@in_one_piece
def member_change(*, member: Member, role: str, by: User) -> None:
    """Let a member write, or only read. role: editor or viewer.

    Raises PermissionDenied for the lead's own part, and for somebody who is asked to sign; MovedOn
    when they have left or lead meanwhile.
    """
    fresh = as_lead(member.proposal, by)
    current = _still(member, fresh)
    _refuse(rules.must_stay(current, fresh))
    if current.role == role:
        return
    current.role = role
    current.save(update_fields=["role"])
    Event.objects.write("proposal.member_change", fresh, by=by, data={"role": role})


@in_one_piece
def member_remove(*, member: Member, by: User) -> None:
    """Take somebody out of the team: they see nothing of it from now on.

    Raises PermissionDenied for the lead, and for somebody who is asked to sign: reopen first, so
    that everybody signs what the remaining team stands for. MovedOn when they have left meanwhile.
    """
    fresh = as_lead(member.proposal, by)
    current = _still(member, fresh)
    _refuse(rules.must_stay(current, fresh))
    _end(current)
    Event.objects.write("proposal.member_remove", fresh, by=by)


@in_one_piece
def hand_over(*, member: Member, by: User) -> None:
    """Let somebody else lead; whoever led goes on as an editor. The new lead is told.

    Raises PermissionDenied while signatures are asked for, since the lead always signs, and to
    somebody who may only read; MovedOn when they have left meanwhile.
    """
    fresh = as_lead(member.proposal, by)
    current = _still(member, fresh)
    _refuse(rules.cannot_lead(current, fresh))
    # In this order: the database refuses two leads.
    Member.objects.current().filter(proposal=fresh, user=by).update(role=MemberRole.EDITOR)
    current.role = MemberRole.LEAD
    current.save(update_fields=["role"])
    Event.objects.write("proposal.hand_over", fresh, by=by)
    outbox.tell("proposal.hand_over", fresh, [current.user])


@in_one_piece
def leave(*, proposal: Proposal, by: User) -> None:
    """Leave a team of one's own accord. The lead is told.

    Raises PermissionDenied for the lead, who hands over first, and for somebody who is asked to
    sign; MovedOn when they have left already.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    mine = Member.objects.current().filter(proposal=fresh, user=by).first()
    if mine is None:
        raise MovedOn(fresh)
    _refuse(rules.must_stay(mine, fresh))
    _end(mine)
    Event.objects.write("proposal.leave", fresh, by=by)
    lead = Member.objects.current().select_related("user").get(proposal=fresh, role=MemberRole.LEAD)
    outbox.tell("proposal.leave", fresh, [lead.user])


@in_one_piece
def say_of_oneself(*, proposal: Proposal, employed: bool, may_be_named: bool, by: User) -> None:
    """Say whether one works for the employer now, and whether it may learn one's name.

    Raises MovedOn when they have left meanwhile.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    mine = Member.objects.current().filter(proposal=fresh, user=by)
    if not mine.update(employed=employed, may_be_named=may_be_named):
        raise MovedOn(fresh)
    Event.objects.write("proposal.say_of_oneself", fresh, by=by)


@in_one_piece
def names(*, proposal: Proposal, hidden: bool, by: User) -> None:
    """Hide the team's names from its employer, or show those of the members who agreed to it."""
    fresh = as_lead(proposal, by)
    if fresh.names_hidden != hidden:
        Proposal.objects.filter(pk=fresh.pk).update(names_hidden=hidden)
        Event.objects.write("proposal.names", fresh, by=by, data={"hidden": hidden})


def _still(member: Member, proposal: Proposal) -> Member:
    """The member as they are now; MovedOn when they have left meanwhile."""
    current = Member.objects.current().filter(pk=member.pk).select_related("user").first()
    if current is None:
        raise MovedOn(proposal)
    return current


def _refuse(reason: str) -> None:
    if reason:
        raise PermissionDenied(reason)


def _end(member: Member) -> None:
    member.left_at = clock.now()
    member.save(update_fields=["left_at"])
