"""A concern of somebody in a team about its employer: it goes outside the employer, to officials."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Role, User
from activity import clock, outbox
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft import readers, rules
from proposals.draft.models import Proposal
from proposals.draft.models.proposal import WITH_OFFICIALS
from proposals.employer import escalating
from proposals.review import actions
from proposals.review.models import Concern


def is_heard(proposal: Proposal) -> bool:
    """Whether officials have the proposal, and so somebody reads a concern."""
    return proposal.status in WITH_OFFICIALS


def of_today(proposal: Proposal, by: User) -> Concern | None:
    """What somebody raised today about a proposal: one a day at most."""
    return Concern.objects.filter(proposal=proposal, by=by, day=clock.today()).first()


@in_one_piece
def concern(*, proposal: Proposal, about: str, text: str, once: uuid.UUID, by: User) -> Concern:
    """Tell officials what is wrong with the employer, as somebody of the team. Pressed twice, once.

    Raises PermissionDenied for whoever is not in the team, MovedOn when no officials have the
    proposal, or when they have raised another one today.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.is_member(by, fresh):
        raise PermissionDenied
    key = key_of(once, by.pk, fresh.pk, about, text)
    known = of_today(fresh, by)
    if known is not None and known.once == key:
        return known
    if known is not None or not is_heard(fresh):
        raise MovedOn(fresh)
    now = clock.now()
    words = {"about": about, "text": text, "at": now, "day": timezone.localdate(now)}
    made = Concern.objects.create(proposal=fresh, by=by, once=key, **words)
    Event.objects.write("proposal.concern", fresh, by=by)
    reading = list(readers.officials(fresh)) or list(readers.free(fresh, Role.REVIEWER))
    outbox.tell("case.concern", fresh, reading)
    return made


@in_one_piece
def answer_concern(
    *, concern: Concern, text: str, escalate: bool, once: uuid.UUID, by: User
) -> Concern:
    """Answer a concern by a message to the team, as a reviewer; escalate: and go above the employer.

    Pressed twice, it is answered once. Raises PermissionDenied for whoever is no reviewer of the
    case, MovedOn when it was answered otherwise since, or when the employer has answered.
    """
    fresh = lock(Proposal, concern.proposal_id, by=by)
    if not rules.official(by, fresh, Role.REVIEWER):
        raise PermissionDenied
    found = Concern.objects.select_related("answer").get(pk=concern.pk)
    if found.answer and found.answer.once != key_of(once, by.pk, fresh.pk, text):
        raise MovedOn(fresh)
    if found.answer:
        return found
    found.answer = actions.write_to_team(proposal=fresh, text=text, once=once, by=by)
    found.save(update_fields=["answer"])
    if escalate:
        escalating.start(proposal=fresh, by=by)
    return found
