"""What officials do with a case before anything is recommended."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.models import LineOf, Organisation, User
from activity import clock, outbox
from activity.actors import holds
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, take
from proposals.draft import readers, rules
from proposals.draft.models import ConflictDeclaration, Proposal
from proposals.draft.models.proposal import OFFICIALS, WITH_OFFICIALS
from proposals.draft.steps import team
from proposals.review import mentioning, steps
from proposals.review.models import Message, Note


@in_one_piece
def declare(*, proposal: Proposal, is_conflict: bool, by: User) -> ConflictDeclaration:
    """Keep what an official says of their interests in a case.

    A conflict closes the case to them everywhere and is not taken back by themselves; "none" may
    turn into a conflict later: what they did until then stays, and those who go on with the case
    are told, as they are of whoever answers for it. Raises PermissionDenied for somebody who is no
    official, is in the team, or has a conflict already.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    standing = rules.standing(by, fresh)
    if not holds(by, *OFFICIALS) or standing.member or standing.conflict:
        raise PermissionDenied
    declaration, _created = ConflictDeclaration.objects.update_or_create(
        proposal=fresh,
        user=by,
        defaults={"is_conflict": is_conflict, "declared_at": clock.now()},
    )
    kind = "case.declare_conflict" if is_conflict else "case.declare_none"
    Event.objects.write(kind, fresh, by=by)
    answers = fresh.lead_reviewer_id == by.pk
    if is_conflict and answers:
        Proposal.objects.filter(pk=fresh.pk).update(lead_reviewer=None)
    was_theirs = standing.conflict is False or answers
    if is_conflict and was_theirs and fresh.status in WITH_OFFICIALS:
        outbox.tell("case.replace", fresh, _others(fresh, by))
    return declaration


@in_one_piece
def stop_for(*, by: User, organisation: Organisation) -> list[Proposal]:
    """Take somebody off every case of a body and of its line that they opened or answer for.

    Called as they declare an interest in it, before it counts; those cases, in the order in which
    they are locked.
    """
    line = Organisation.objects.filter(pk=organisation.pk).annotate(body=LineOf("pk"))
    cases = Proposal.objects.of_officials(by).filter(employer__in=line.values("body"))
    opened = ConflictDeclaration.objects.filter(user=by, is_conflict=False)
    theirs = Q(pk__in=opened.values("proposal")) | Q(lead_reviewer=by, status__in=WITH_OFFICIALS)
    # Also those that somebody may be giving them just now: one that was given is found below, and
    # one that was not is refused them once the interest counts.
    near = cases.filter(theirs | Q(status__in=WITH_OFFICIALS)).order_by("pk")
    locked = [lock(Proposal, pk).pk for pk in near.values_list("pk", flat=True)]
    stopped = list(cases.filter(theirs, pk__in=locked).order_by("pk"))
    for case in stopped:
        declare(proposal=case, is_conflict=True, by=by)
    return stopped


def _others(proposal: Proposal, by: User) -> list[User]:
    """Who goes on with a case without somebody: its other officials, or else all who may open it."""
    reading = [person for person in readers.officials(proposal) if person != by]
    return reading or [person for person in readers.free(proposal) if person != by]


def begin(*, proposal: Proposal, seen: int, by: User) -> Proposal:
    """Start the assessment."""
    return take(steps.BEGIN, proposal, by=by, seen=seen)


@in_one_piece
def return_incomplete(*, proposal: Proposal, missing: str, seen: int, by: User) -> Proposal:
    """Give a proposal back to its team, saying what is missing; the clock ends with it."""
    returned = take(
        steps.RETURN_INCOMPLETE,
        proposal,
        by=by,
        seen=seen,
        submitted_at=None,
        due_on=None,
        scheme=None,
        lead_reviewer=None,
    )
    Message.objects.create(proposal=returned, by=by, from_team=False, text=missing)
    return returned


@in_one_piece
def write_note(
    *,
    proposal: Proposal,
    text: str,
    once: uuid.UUID,
    by: User,
    colleagues: Collection[User] = (),
) -> Note:
    """Write among officials. Pressed twice, it is written once.

    colleagues: whom it mentions; each is told once. Whoever may not open the case by now is left
    out. What mentioned the writer before is answered by it.
    Raises PermissionDenied for whoever is no official of the case by now, MovedOn when it went
    back to its team; so do messages.
    """
    fresh = _as_official(proposal, by)
    note, is_new = Note.objects.get_or_create(
        once=key_of(once, by.pk, fresh.pk, text),
        defaults={"proposal": fresh, "by": by, "text": text},
    )
    if is_new:
        Event.objects.write("case.note", fresh, by=by)
        mentioning.mention(note, colleagues)
        mentioning.read(fresh, by)
    return note


@in_one_piece
def write_to_team(*, proposal: Proposal, text: str, once: uuid.UUID, by: User) -> Message:
    """Write to the team, who are told once that there is something to read."""
    fresh = _as_official(proposal, by)
    message, is_new = _say(fresh, text, once, by, from_team=False)
    if is_new:
        Event.objects.write("case.message", fresh, by=by)
        outbox.tell("proposal.message", fresh, team(fresh))
    return message


@in_one_piece
def write_to_officials(*, proposal: Proposal, text: str, once: uuid.UUID, by: User) -> Message:
    """Write to the officials, as the team. Those who read the case are told once."""
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.can_edit(by, fresh):
        raise PermissionDenied
    _must_be_submitted(fresh)
    message, is_new = _say(fresh, text, once, by, from_team=True)
    if is_new:
        Event.objects.write("proposal.message", fresh, by=by)
        outbox.tell("case.message", fresh, readers.officials(fresh))
    return message


def _say(
    proposal: Proposal, text: str, once: uuid.UUID, by: User, *, from_team: bool
) -> tuple[Message, bool]:
    words = {"proposal": proposal, "by": by, "from_team": from_team, "text": text}
    return Message.objects.get_or_create(
        once=key_of(once, by.pk, proposal.pk, text), defaults=words
    )


def _as_official(proposal: Proposal, by: User) -> Proposal:
    """The proposal locked, for an official who may open it now; what was read before is forgotten."""
    fresh = lock(Proposal, proposal.pk, by=by)
    if not any(rules.official(by, fresh, role) for role in OFFICIALS):
        raise PermissionDenied
    _must_be_submitted(fresh)
    return fresh


def _must_be_submitted(fresh: Proposal) -> None:
    if fresh.submitted_at is None:
        raise MovedOn(fresh)
