"""Answering a gate, and confirming an answer about a later version."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from activity.models import Event
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft.models import Proposal, Status
from proposals.review.gates.facts import against, facts_of
from proposals.review.gates.known import Known, known
from proposals.review.gates.models import Finding, GateResult
from proposals.review.gates.pointing import near, pages
from proposals.review.gates.standing import since
from proposals.review.steps import as_reviewer

# Where a case stands while its gates are answered; from its recommendation on they stand.
ANSWERED_IN = (Status.ASSESSING,)


class Overtaken(MovedOn):
    """Somebody else answered this gate since the page was drawn."""


@dataclass(frozen=True)
class Given:
    """An answer as it is typed. points_at: marks; despite: why a yes, though facts speak against it."""

    found: str
    evidence: str
    points_at: tuple[str, ...] = ()
    despite: str = ""


@in_one_piece
def answer(
    *, proposal: Proposal, gate: str, given: Given, seen: int, version: int, by: User
) -> GateResult:
    """Keep what a reviewer finds on a gate of the latest version, after what was found before.

    seen: the number of the last result that the page showed, 0 for none; version: the number of the
    version that it was about. Pressed twice, it is kept once. Raises Overtaken when another result
    is there by now, MovedOn when the case is not assessed or has a new version, PermissionDenied
    for whoever is no reviewer of it; ValidationError where a yes lacks why, or something points at
    what the version does not hold.
    """
    found = _assessed(proposal, version, by)
    last = _last(found, gate)
    if last and last.number == seen + 1 and last.by_id == by.pk and _given(last) == given:
        return last
    _must_be_seen(found, last, seen)
    _must_be_there(given.points_at, gate, found)
    facts = against(facts_of(gate, found)) if given.found == Finding.YES else []
    if bool(facts) != bool(given.despite):
        raise ValidationError(
            _("Say why it is a yes all the same, where the facts speak against it.")
        )
    return _keep(found, gate, given, number=seen + 1, by=by, against=facts)


@in_one_piece
def confirm(*, proposal: Proposal, gate: str, seen: int, version: int, by: User) -> GateResult:
    """Find again what was found on an earlier version, or on earlier facts, with its evidence.

    What it pointed at and this version does not hold is left out. Pressed twice, it is kept once.
    Raises as `answer` does; ValidationError where facts speak against a yes that did not then.
    """
    found = _assessed(proposal, version, by)
    last = _last(found, gate)
    if last and last.number == seen + 1 and last.by_id == by.pk and last.again_id:
        return last
    _must_be_seen(found, last, seen)
    if last is None or not _is_stale(found, last):
        raise Overtaken(found.case)
    facts = against(facts_of(gate, found)) if last.found == Finding.YES else []
    if not can_confirm(last, facts):
        raise ValidationError(_("The facts are others now. Answer the gate anew."))
    there = _there(gate, found)
    kept = tuple(mark for mark in last.points_at if mark in there)
    given = Given(last.found, last.evidence, kept, last.despite if facts else "")
    return _keep(found, gate, given, number=seen + 1, by=by, against=facts, again=last)


def can_confirm(last: GateResult, facts: Collection[str]) -> bool:
    """Whether no fact speaks against a yes now that did not when it was given."""
    return set(facts) <= set(last.against)


def _given(last: GateResult) -> Given:
    return Given(last.found, last.evidence, tuple(last.points_at), last.despite)


def _keep(
    about: Known,
    gate: str,
    given: Given,
    *,
    number: int,
    by: User,
    against: list[str],
    again: GateResult | None = None,
) -> GateResult:
    kept = vars(given) | {"points_at": list(given.points_at), "against": against, "again": again}
    result = GateResult.objects.create(
        proposal=about.case, version=about.version, gate=gate, number=number, by=by, **kept
    )
    data = {"gate": gate, "found": given.found, "version": about.version.number}
    Event.objects.write("case.gate", about.case, by=by, data=data)
    return result


def _assessed(proposal: Proposal, version: int, by: User) -> Known:
    """What is known of the case, locked, for a reviewer of it, while that version is assessed."""
    fresh = lock(Proposal, proposal.pk, by=by)
    if not as_reviewer(by, fresh):
        raise PermissionDenied
    if fresh.status not in ANSWERED_IN:
        raise MovedOn(fresh)
    found = known(fresh)
    if found.version.number != version:
        raise MovedOn(fresh)
    return found


def _is_stale(about: Known, last: GateResult) -> bool:
    return bool(since(about.case, last)) or last.version_id != about.version.pk


def _last(about: Known, gate: str) -> GateResult | None:
    return about.case.gate_results.filter(gate=gate).order_by("number").last()


def _must_be_seen(about: Known, last: GateResult | None, seen: int) -> None:
    if (last.number if last else 0) != seen:
        raise Overtaken(about.case)


def _must_be_there(points_at: Collection[str], gate: str, about: Known) -> None:
    if not set(points_at) <= _there(gate, about):
        raise ValidationError(_("Point only at what this version holds."))


def _there(gate: str, about: Known) -> set[str]:
    """The marks of all that evidence on a gate can point at in the latest version."""
    return {mark for mark, _words in [*near(gate, about), *pages()]}
