"""The links of the chain, each made by another person."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.models import Role, User
from activity import clock, outbox
from activity.actors import System
from activity.models import Event
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, must_know, take
from proposals.decision import gated, rules, steps
from proposals.decision.asked import as_shown, refuse
from proposals.decision.letters.matter import appeal_by
from proposals.decision.models import (
    Condition,
    Decision,
    Outcome,
    Reason,
    Recall,
    Recommendation,
)
from proposals.draft import clocks
from proposals.draft.models import Proposal, ReasonCode, Status
from proposals.draft.rules import official
from proposals.employer import hearing
from proposals.review.gates.standing import Stands, gates_of
from proposals.review.models import Note


@dataclass(frozen=True)
class Ground:
    """A reason to refuse: its code, the evidence, and what would change the answer."""

    code: ReasonCode
    evidence: str
    remedy: str


@dataclass(frozen=True)
class Term:
    """A condition of an approval: what, who sees to it, by when, how it is shown.

    gate: the one that it is to cure, or "".
    """

    text: str
    owner: str
    due_on: datetime.date
    evidence: str
    gate: str = ""


@in_one_piece
def recommend(
    *,
    proposal: Proposal,
    outcome: str,
    good: str,
    grounds: Iterable[Ground] = (),
    terms: Iterable[Term] = (),
    heard: str,
    seen: int,
    by: User,
) -> Recommendation:
    """Advise on the latest version.

    heard: how far the page said that the employer was heard; MovedOn when it has answered since,
    and when the gates do not leave this way open, which its page has said of those that it showed.
    A rejection needs a ground or more, conditions need one or more, and neither has the other's.
    Raises ValidationError otherwise.
    """
    grounds, terms = list(grounds), list(terms)
    _check(outcome, grounds, terms)
    moved = take(
        steps.RECOMMEND,
        proposal,
        by=by,
        seen=seen,
        data={"version": proposal.versions.count()},
    )
    if hearing.heard(moved) != heard:
        raise MovedOn(moved)
    version = moved.versions.select_related("scheme").latest()
    if not _is_open(gates_of(moved, version), outcome, grounds, terms):
        raise MovedOn(moved)
    advice = Recommendation.objects.create(
        proposal=moved,
        version=version,
        outcome=outcome,
        good=good,
        heard=heard,
        by=by,
    )
    Reason.objects.bulk_create(Reason(recommendation=advice, **vars(ground)) for ground in grounds)
    Condition.objects.bulk_create(Condition(recommendation=advice, **vars(term)) for term in terms)
    return advice


def _is_open(gates: list[Stands], outcome: str, grounds: list[Ground], terms: list[Term]) -> bool:
    """Whether the gates leave a way open."""
    reasons = [ground.code.code for ground in grounds]
    cured = [term.gate for term in terms]
    return not gated.lacking(gates, outcome, reasons=reasons, cured=cured)


def _check(outcome: str, grounds: list[Ground], terms: list[Term]) -> None:
    if (outcome == Outcome.REJECTED) != bool(grounds):
        raise ValidationError(_("A rejection needs at least one reason, and nothing else has one."))
    if (outcome == Outcome.APPROVED_WITH_CONDITIONS) != bool(terms):
        raise ValidationError(_("Approval with conditions needs at least one condition."))


@in_one_piece
def countersign(*, proposal: Proposal, seen: int, by: User) -> Proposal:
    """Agree with the recommendation, as the second person."""
    moved = take(steps.COUNTERSIGN, proposal, by=by, seen=seen)
    chain = _chain(moved)
    chain.countersigned_by, chain.countersigned_at = by, moved.status_at
    chain.save(update_fields=["countersigned_by", "countersigned_at"])
    return moved


@in_one_piece
def send_back(*, proposal: Proposal, comment: str, seen: int, by: User) -> Proposal:
    """Do not agree: the case is assessed again, and the recommender is told to look."""
    moved = take(steps.SEND_BACK, proposal, by=by, seen=seen)
    chain = _chain(moved)
    chain.sent_back_by, chain.sent_back_at = by, moved.status_at
    chain.save(update_fields=["sent_back_by", "sent_back_at"])
    Note.objects.create(proposal=moved, by=by, text=comment)
    outbox.tell("case.send_back", moved, [chain.by])
    return moved


@in_one_piece
def decide(*, proposal: Proposal, seen: int, by: User) -> Decision:
    """Decide as recommended and countersigned, as the third person. Nothing leaves the office."""
    moved = take(steps.DECIDE, proposal, by=by, seen=seen)
    return Decision.objects.create(proposal=moved, recommendation=_chain(moved), by=by)


def _chain(moved: Proposal) -> Recommendation:
    """The standing recommendation of a case that was just moved by a rule which asks for one."""
    return cast(Recommendation, rules.standing_recommendation(moved))


@in_one_piece
def ask_recall(*, proposal: Proposal, reason: str, seen: int, by: User) -> Recall:
    """Ask that a decision be taken back before its letter goes; release waits for the answer.

    The other decision makers are told. Raises MovedOn when there is nothing to take back, or when
    somebody asks already.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    if not official(by, fresh, Role.DECISION_MAKER):
        raise PermissionDenied
    decision = rules.standing_decision(fresh)
    if fresh.status != Status.DECIDED or fresh.revision != seen or decision is None:
        raise MovedOn(fresh)
    if rules.open_recall(fresh):
        raise MovedOn(fresh)
    asked = Recall.objects.create(decision=decision, asked_by=by, reason=reason)
    Event.objects.write("case.ask_recall", fresh, by=by)
    outbox.tell("case.ask_recall", fresh, steps.decision_makers(fresh, by))
    return asked


@in_one_piece
def recall(*, proposal: Proposal, asked: int, seen: int, by: User) -> Proposal:
    """Agree to take a decision back: the case awaits a decision again.

    asked: the key of the request that is agreed to; MovedOn when it is not the open one.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    must_know(steps.RECALL, by, fresh)
    request = as_shown(rules.open_recall(fresh), asked, fresh)
    moved = take(steps.RECALL, fresh, by=by, seen=seen)
    request.confirmed_by, request.confirmed_at = by, moved.status_at
    request.save(update_fields=["confirmed_by", "confirmed_at"])
    Decision.objects.filter(pk=request.decision_id).update(recalled_at=moved.status_at)
    return moved


@in_one_piece
def refuse_recall(*, proposal: Proposal, asked: int, reason: str, seen: int, by: User) -> Recall:
    """Refuse to take a decision back, as who could agree to it: its letter may go.

    asked: as for `recall`. Whoever asked is told, and reads why among the notes. Raises as a step
    does.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    answer = must_know(steps.RECALL, by, fresh)
    if fresh.status != Status.DECIDED or fresh.revision != seen:
        raise MovedOn(fresh)
    request = as_shown(rules.open_recall(fresh), asked, fresh)
    if not answer:
        raise PermissionDenied(answer.reason)
    return refuse("case.refuse_recall", request, fresh, reason=reason, by=by)


@in_one_piece
def release(*, proposal: Proposal, seen: int, by: User | System) -> Proposal:
    """Release the letters: the outcome becomes the status, and team and employer are told.

    by: whoever presses, or the job that does what somebody ordered, in whose name it is released.
    """
    moved = take(
        steps.RELEASE,
        proposal,
        by=by,
        seen=seen,
        released_at=clock.now(),
        took_days=clocks.days_so_far(proposal),
    )
    decision = Decision.objects.standing().get(proposal=moved)
    scheme = _chain(moved).version.scheme
    decision.released_by = by if isinstance(by, User) else decision.ordered_by
    decision.released_at = moved.released_at
    decision.appeal_by = appeal_by(scheme, clock.today())
    decision.save(update_fields=["released_by", "released_at", "appeal_by"])
    return moved
