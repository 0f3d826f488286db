"""Writing an employer's answer: kept page by page for whoever writes it, and sent once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from activity import clock, outbox
from activity.actors import LinkHolder
from activity.models import Event
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn
from proposals.draft.models import EmployerWords, Proposal, ReasonCode, Version
from proposals.draft.questions import Answers
from proposals.draft.readers import officials
from proposals.draft.steps import team
from proposals.employer.actions import end_silence, live_of
from proposals.employer.models import (
    ASKED,
    AnswerDraft,
    EmployerAnswer,
    EmployerFigure,
    EmployerGround,
    EmployerInvitation,
    Quiet,
    Verdict,
)


class Clash(MovedOn):
    """The page was saved in another window since it was drawn, or a new version has come."""


@dataclass(frozen=True)
class Figure:
    """What is said to one fact. ours: as typed, or None; source: where it is from, or ""."""

    fact: str
    verdict: Verdict
    ours: Any = None
    source: str = ""


@dataclass(frozen=True)
class Ground:
    """One ground of an objection, with what shows it."""

    code: ReasonCode
    evidence: str


@dataclass(frozen=True)
class Answer:
    """A whole answer, checked. conditions, to_team, to_reviewers: words, or ""."""

    position: str
    figures: Sequence[Figure]
    grounds: Sequence[Ground] = ()
    conditions: str = ""
    to_team: str = ""
    to_reviewers: str = ""


def draft_of(invitation: EmployerInvitation) -> AnswerDraft:
    """What was typed so far; an empty one, not kept yet, where nothing was."""
    found = AnswerDraft.objects.filter(invitation=invitation).first()
    return found or AnswerDraft(invitation=invitation)


def mark_of(*shown: Any) -> str:
    """A mark of what a page shows: equal marks, equal words about the same version."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def mark_of_facts(draft: AnswerDraft, version: Version) -> str:
    """The mark of the page of facts: it shows figures of a version, too."""
    return mark_of(draft.facts, version.number)


def mark_of_position(draft: AnswerDraft) -> str:
    """The mark of the page of the position."""
    return mark_of(draft.position)


def mark_of_all(draft: AnswerDraft, version: Version) -> str:
    """The mark of the page on which everything is checked."""
    return mark_of(draft.facts, draft.told, draft.position, version.number)


@in_one_piece
def save_facts(
    *, invitation: EmployerInvitation, typed: Answers, told: Answers, seen: str, by: LinkHolder
) -> AnswerDraft:
    """Keep what was typed on the page of facts. told: what it was looked at beside, by fact.

    Raises Clash when the page was saved since it was drawn, or another version has come; MovedOn
    when nothing is asked of them any longer; PermissionDenied for a browser that has not proved who
    is there. So does save_position.
    """
    fresh, version, draft = _writing(invitation, by)
    is_there = (draft.facts, draft.told) == (typed, told)
    if mark_of_facts(draft, version) != seen and not is_there:
        raise Clash(fresh)
    draft.facts, draft.told = typed, told
    return _kept(draft)


@in_one_piece
def save_position(
    *, invitation: EmployerInvitation, typed: Answers, seen: str, by: LinkHolder
) -> AnswerDraft:
    """Keep what was typed on the page of the position."""
    fresh, _version, draft = _writing(invitation, by)
    if mark_of_position(draft) != seen and draft.position != typed:
        raise Clash(fresh)
    draft.position = typed
    return _kept(draft)


@in_one_piece
def send(
    *, invitation: EmployerInvitation, answer: Answer, seen: str, by: LinkHolder
) -> EmployerAnswer:
    """Send an answer about the version that was submitted last: it stands from then on.

    seen: the mark of what was checked. Pressed twice, it is sent once. Raises as save_facts does.
    """
    _must_be_proved(invitation, by)
    fresh = lock(Proposal, invitation.proposal_id, by=by)
    if sent := invitation.answer:
        return sent
    fresh, version, draft = _writing(invitation, by)
    if mark_of_all(draft, version) != seen:
        raise Clash(fresh)
    sent = _write(invitation, version, answer)
    AnswerDraft.objects.filter(invitation=invitation).delete()
    Proposal.objects.filter(pk=fresh.pk).update(employer_answered_at=sent.sent_at)
    end_silence(fresh, Quiet.ANSWERED)
    Event.objects.write("employer.answer", fresh, by=by, data={"version": version.number})
    outbox.tell("employer.answer", fresh, officials(fresh))
    outbox.tell("proposal.employer_answer", fresh, team(fresh))
    return sent


def _writing(
    invitation: EmployerInvitation, by: LinkHolder
) -> tuple[Proposal, Version, AnswerDraft]:
    """The proposal, locked, its last version and the draft, for an official who is still asked."""
    _must_be_proved(invitation, by)
    fresh = lock(Proposal, invitation.proposal_id, by=by)
    live = live_of(fresh)
    if live is None or live.pk != invitation.pk or not live.is_open or live.answer:
        raise MovedOn(fresh)
    return fresh, fresh.versions.latest(), draft_of(live)


def _must_be_proved(invitation: EmployerInvitation, by: LinkHolder) -> None:
    """Their link, and a browser that has shown it; that they are asked no longer is MovedOn."""
    if not by.proved or by.purpose != ASKED or by.subject_id != invitation.pk:
        raise PermissionDenied


def _kept(draft: AnswerDraft) -> AnswerDraft:
    draft.saved_at = clock.now()
    draft.save()
    return draft


def _write(invitation: EmployerInvitation, version: Version, answer: Answer) -> EmployerAnswer:
    sent = EmployerAnswer.objects.create(
        invitation=invitation,
        version=version,
        position=answer.position,
        conditions=answer.conditions,
        to_reviewers=answer.to_reviewers,
    )
    EmployerFigure.objects.bulk_create(_figures(sent, answer.figures))
    EmployerGround.objects.bulk_create(
        EmployerGround(answer=sent, code=each.code, evidence=each.evidence)
        for each in answer.grounds
    )
    if answer.to_team:
        EmployerWords.objects.create(
            proposal=invitation.proposal, version=version, text=answer.to_team, at=sent.sent_at
        )
    return sent


def _figures(sent: EmployerAnswer, figures: Iterable[Figure]) -> list[EmployerFigure]:
    return [
        EmployerFigure(
            answer=sent,
            fact=each.fact,
            verdict=each.verdict,
            ours=each.ours,
            source=each.source,
        )
        for each in figures
    ]
