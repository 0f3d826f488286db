"""What reviewers ask a team to change: worded, sent together, answered, and sent back."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.models import Role, User
from activity import clock
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, take
from proposals.draft import clocks, openness, rules
from proposals.draft.models import Proposal, ReasonCode, Request, Status
from proposals.review import steps
from proposals.review.models import RequestDraft

# Where a case stands while reviewers word what they will ask.
WORDED_IN = (Status.SUBMITTED, Status.ASSESSING)


@dataclass(frozen=True)
class Wanted:
    """What is asked of a team about one page. code: the reason for asking, where one is given."""

    section: str
    page: str
    wanted: str
    code: ReasonCode | None = None


class Reworded(MovedOn):
    """Somebody else changed these words, or took them out, since the page was drawn."""


def mark_of(drafts: list[RequestDraft]) -> str:
    """A mark of drafts as a page shows them: equal marks, equal requests."""
    shown = [(draft.key, draft.revision) for draft in drafts]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


@in_one_piece
def draft(
    *, proposal: Proposal, section: str, page: str, wanted: str, once: uuid.UUID, by: User
) -> RequestDraft:
    """Word a request. Pressed twice, it is kept once.

    Raises PermissionDenied for whoever is no reviewer of the case by now, MovedOn when nothing can
    be asked where it stands; so do redraft and undraft.
    """
    fresh = _as_reviewer(proposal, by)
    found, _is_new = RequestDraft.objects.get_or_create(
        once=key_of(once, by.pk, fresh.pk, section, page, wanted),
        defaults={"proposal": fresh, "section": section, "page": page, "wanted": wanted, "by": by},
    )
    return found


@in_one_piece
def redraft(
    *, request: RequestDraft, section: str, page: str, wanted: str, seen: int, by: User
) -> RequestDraft:
    """Word a request otherwise. Raises Reworded when it was changed since its page was drawn."""
    found = _draft_seen(request, seen, by)
    found.section, found.page, found.wanted, found.by = section, page, wanted, by
    found.revision += 1
    found.save()
    return found


@in_one_piece
def undraft(*, request: RequestDraft, seen: int, by: User) -> None:
    """Take a request out before it is sent. Raises Reworded as redraft does."""
    _draft_seen(request, seen, by).delete()


@in_one_piece
def ask_changes(
    *, proposal: Proposal, answer_by: datetime.date, shown: str, seen: int, by: User
) -> Proposal:
    """Send every request at once: the clock stops, and the team is told once.

    shown: the mark of the drafts that the page showed. Raises Reworded when they are others now,
    ValidationError when there is none.
    """
    moved = take(
        steps.ASK_CHANGES,
        proposal,
        by=by,
        seen=seen,
        data={"requests": proposal.request_drafts.count()},
        answer_by=answer_by,
    )
    drafts = list(moved.request_drafts.all())
    if not drafts:
        raise ValidationError(_("Draft at least one request first"))
    if mark_of(drafts) != shown:
        raise Reworded(moved)
    write(moved, [Wanted(each.section, each.page, each.wanted) for each in drafts], by=by)
    moved.request_drafts.all().delete()
    return moved


def write(moved: Proposal, asks: Sequence[Wanted], *, by: User) -> None:
    """Put requests to a team, about the version that was read, after those that were there."""
    version, first = moved.versions.latest(), moved.requests.count() + 1
    Request.objects.bulk_create(
        Request(proposal=moved, number=number, version=version, asked_by=by, **vars(each))
        for number, each in enumerate(asks, first)
    )


@in_one_piece
def answer(*, request: Request, reply: str, seen: int, by: User) -> Request:
    """Reply to a request, for officials to read with the next version.

    seen: the revision of the reply that the page showed. Raises Reworded when a colleague saved
    another since, MovedOn when the text is closed, PermissionDenied for whoever may only read.
    """
    fresh = lock(Proposal, request.proposal_id, by=by)
    if not rules.can_edit(by, fresh):
        raise PermissionDenied
    found = next((each for each in openness.requests(fresh) if each.pk == request.pk), None)
    if found is None or openness.is_being_signed(fresh):
        raise MovedOn(fresh)
    if found.reply == reply:
        return found
    if found.revision != seen:
        raise Reworded(fresh)
    found.reply, found.replied_at, found.replied_by = reply, clock.now(), by
    found.revision += 1
    found.save()
    Event.objects.write("proposal.answer", fresh, by=by, data={"request": found.number})
    return found


@in_one_piece
def resubmit(*, proposal: Proposal, seen: int, by: User) -> Proposal:
    """Send the signed text as the next version; the clock runs on from where it stood."""
    fresh = lock(Proposal, proposal.pk, by=by)
    due_on = clocks.due_on(fresh) if fresh.submitted_at else None
    return take(steps.RESUBMIT, fresh, by=by, seen=seen, due_on=due_on, answer_by=None)


def _draft_seen(request: RequestDraft, seen: int, by: User) -> RequestDraft:
    fresh = _as_reviewer(request.proposal, by)
    found = fresh.request_drafts.filter(pk=request.pk, revision=seen).first()
    if found is None:
        raise Reworded(fresh)
    return found


def _as_reviewer(proposal: Proposal, by: User) -> Proposal:
    """The proposal locked, for a reviewer of the case, where something may be asked."""
    fresh = lock(Proposal, proposal.pk, by=by)
    if not rules.official(by, fresh, Role.REVIEWER):
        raise PermissionDenied
    if fresh.status not in WORDED_IN:
        raise MovedOn(fresh)
    return fresh
