"""What officials do with a case before anything is recommended."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.models import Role, User
from activity import outbox
from activity.actors import holds
from activity.models import Event
from activity.transactions import in_one_piece, lock
from activity.workflow import take
from proposals.draft import rules
from proposals.draft.models import ConflictDeclaration, Proposal
from proposals.draft.steps import team
from proposals.review import steps
from proposals.review.models import Message, Note


@in_one_piece
def declare(*, proposal: Proposal, is_conflict: bool, by: User) -> ConflictDeclaration:
    """Keep what an official says of their interests in a case.

    A conflict closes the case to them everywhere and is not taken back by themselves; "none" may
    turn into a conflict later. Raises PermissionDenied for somebody who is no official, is in
    the team, or has a conflict already.
    """
    fresh = lock(Proposal, proposal.pk)
    standing = rules.standing(by, fresh)
    if not holds(by, Role.REVIEWER, Role.DECISION_MAKER) or standing.member or standing.conflict:
        raise PermissionDenied
    declaration, _created = ConflictDeclaration.objects.update_or_create(
        proposal=fresh, user=by, defaults={"is_conflict": is_conflict}
    )
    kind = "case.declare_conflict" if is_conflict else "case.declare_none"
    Event.objects.write(kind, fresh, by=by)
    return declaration


def begin(*, proposal: Proposal, seen: int, by: User) -> Proposal:
    """Start the assessment."""
    return take(steps.BEGIN, proposal, by=by, seen=seen)


@in_one_piece
def return_incomplete(*, proposal: Proposal, missing: str, seen: int, by: User) -> Proposal:
    """Give a proposal back to its team, saying what is missing; the clock ends with it."""
    returned = take(
        steps.RETURN_INCOMPLETE, proposal, by=by, seen=seen, submitted_at=None, due_on=None
    )
    Message.objects.create(proposal=returned, by=by, from_team=False, text=missing)
    return returned


@in_one_piece
def write_note(*, proposal: Proposal, text: str, by: User) -> Note:
    """Write among officials."""
    _must_be_official(proposal, by)
    note = Note.objects.create(proposal=proposal, by=by, text=text)
    Event.objects.write("case.note", proposal, by=by)
    return note


@in_one_piece
def write_to_team(*, proposal: Proposal, text: str, by: User) -> Message:
    """Write to the team, who are told that there is something to read."""
    _must_be_official(proposal, by)
    message = Message.objects.create(proposal=proposal, by=by, from_team=False, text=text)
    Event.objects.write("case.message", proposal, by=by)
    outbox.tell("proposal.message", proposal, team(proposal))
    return message


@in_one_piece
def write_to_officials(*, proposal: Proposal, text: str, by: User) -> Message:
    """Write to the officials, as the team. Those who wrote on this case are told."""
    if not rules.can_edit(by, proposal):
        raise PermissionDenied
    message = Message.objects.create(proposal=proposal, by=by, from_team=True, text=text)
    Event.objects.write("proposal.message", proposal, by=by)
    declared = ConflictDeclaration.objects.filter(proposal=proposal, is_conflict=False)
    people = [row.user for row in declared.select_related("user")]
    outbox.tell("case.message", proposal, people, mailed=False)
    return message


def _must_be_official(proposal: Proposal, by: User) -> None:
    if not any(rules.official(by, proposal, role) for role in (Role.REVIEWER, Role.DECISION_MAKER)):
        raise PermissionDenied
