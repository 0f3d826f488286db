"""Triage: what officials find before an assessment begins, and noting cases as of one service."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import JSONObject

from accounts.models import User
from activity import clock
from activity.actors import Actor
from activity.models import Event
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft.models import Proposal, Status
from proposals.review.models import Duplicate, Triage, TriageAnswer
from proposals.review.steps import as_reviewer


def answers_of(case: Proposal) -> dict[str, TriageAnswer]:
    """The answer that counts to each question of triage, by question, in one query."""
    given = case.triage_answers.select_related("by", "version").order_by("pk")
    return {each.question: each for each in given}


def open_questions(answers: dict[str, TriageAnswer]) -> list[Triage]:
    """The questions that nobody has answered, in their order. Pure."""
    return [each for each in Triage if each not in answers]


@in_one_piece
def answer(
    *, proposal: Proposal, question: str, is_fine: bool, words: str, once: uuid.UUID, by: User
) -> TriageAnswer:
    """Say what was found on one question. Pressed twice, it is kept once.

    Raises PermissionDenied for whoever is no reviewer of the case, MovedOn once it is triaged no
    longer.
    """
    fresh = _as_reviewer(proposal, by)
    if fresh.status != Status.SUBMITTED:
        raise MovedOn(fresh)
    found, is_new = TriageAnswer.objects.get_or_create(
        once=key_of(once, by.pk, fresh.pk, question, is_fine, words),
        defaults={
            "proposal": fresh,
            "version": fresh.versions.latest(),
            "question": question,
            "is_fine": is_fine,
            "words": words,
            "by": by,
        },
    )
    if is_new:
        data = {"question": question, "is_fine": is_fine}
        Event.objects.write("case.triage", fresh, by=by, data=data)
    return found


@in_one_piece
def note_duplicate(*, proposal: Proposal, other: str, by: User) -> None:
    """Note another case, by its reference, as being of the same service; on both, and once.

    Raises PermissionDenied for whoever is no reviewer of the case, or may not open the other.
    """
    pair, standing = _pair(proposal, other, by)
    if standing is None:
        earlier, later = pair
        Duplicate.objects.create(proposal=later, of=earlier, noted_by=by)
        _write("case.note_duplicate", pair, by)


@in_one_piece
def undo_duplicate(*, proposal: Proposal, other: str, by: User) -> None:
    """Take back that another case is of the same service; as who could note it."""
    pair, standing = _pair(proposal, other, by)
    if standing is not None:
        standing.undone_by, standing.undone_at = by, clock.now()
        standing.save(update_fields=["undone_by", "undone_at"])
        _write("case.undo_duplicate", pair, by)


def _pair(
    proposal: Proposal, other: str, by: User
) -> tuple[tuple[Proposal, Proposal], Duplicate | None]:
    """Both cases, the earlier first, locked in that order; and the note of them that stands."""
    there = Proposal.objects.of_officials(by).filter(reference=other).exclude(pk=proposal.pk)
    found = there.values_list("pk", flat=True).first()
    if found is None:
        raise PermissionDenied
    earlier, later = (lock(Proposal, pk, by=by) for pk in sorted((proposal.pk, found)))
    mine = later if later.pk == proposal.pk else earlier
    if not as_reviewer(by, mine):
        raise PermissionDenied
    noted = Duplicate.objects.standing().filter(proposal=later, of=earlier)
    return (earlier, later), noted.first()


def _write(kind: str, pair: tuple[Proposal, Proposal], by: User) -> None:
    for case in pair:
        Event.objects.write(kind, case, by=by)


def _as_reviewer(proposal: Proposal, by: User) -> Proposal:
    fresh = lock(Proposal, proposal.pk, by=by)
    if not as_reviewer(by, fresh):
        raise PermissionDenied
    return fresh


def beside(reader: Actor) -> ArraySubquery:
    """Cases noted as of the same service, as a column of a query of proposals.

    Of those that the reader may open: reference, title and status of each.
    """
    noted = Duplicate.objects.standing().filter(Q(proposal=OuterRef("pk")) | Q(of=OuterRef("pk")))
    other = _of_the_other("pk")
    seen = Proposal.objects.of_officials(reader).filter(pk=OuterRef("other"))
    facts: dict[str, Any] = {name: _of_the_other(name) for name in ("reference", "title", "status")}
    rows = noted.annotate(other=other).filter(Exists(seen)).order_by("other")
    return ArraySubquery(rows.values(row=JSONObject(**facts)))


def noted(case: Proposal) -> list[dict[str, str]]:
    """The cases noted as of the same service, of a case that was found with `beside`."""
    rows: list[dict[str, str]] = case.of_one_service  # type: ignore[attr-defined]  # read along
    return [row | {"label": str(Status(row["status"]).label)} for row in rows]


def _of_the_other(name: str) -> Case:
    return Case(
        When(proposal=OuterRef("pk"), then=F(f"of__{name}")), default=F(f"proposal__{name}")
    )


Verb = Callable[..., None]
DUPLICATE_VERBS: dict[str, Verb] = {"note": note_duplicate, "undo": undo_duplicate}
