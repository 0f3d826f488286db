"""Whether a service is likely to be covered: pure functions from answers to an outcome.

Answers are those of the check, question -> answer, with `employer_kind` (a kind of body) and
`employer_of` (the slug of its department) where the employer is in the register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Answers: TypeAlias = Mapping[str, str]

YES, NO, NOT_SURE = "yes", "no", "not-sure"
STAFF, MANAGER, OTHER = "staff", "manager", "other"
MEMBERS, OUTSIDE, UNDECIDED = "members", "outside", "undecided"
NOTHING, STOPPED, TENDER = "nothing", "stopped", "tender"
UNLISTED = "not-listed"

# The questions in their order. "public" is asked of an employer that is not in the register.
QUESTIONS = ("who", "service", "employer", "public", "limits", "control", "tests", "begun")
# Answers after which nothing more needs to be asked.
ENDS = {"who": {MANAGER, OTHER}, "public": {NO}, "control": {OUTSIDE}}
# What is kept of a question beside its own answer.
PARTS = {
    "employer": (
        "employer_words",
        "employer_name",
        "employer_title",
        "employer_kind",
        "employer_of",
    )
}
# Bodies whose work may be exempt, whatever else is answered.
GUARDED_KINDS = {"police"}
GUARDED_DEPARTMENTS = {"ministry-of-defence"}


class Outcome(StrEnum):
    """What the check can come to. It is a guide: a person decides on a proposal."""

    COVERED = "covered"
    MAY_BE_EXEMPT = "may-be-exempt"
    NOT_COVERED = "not-covered"
    ASK = "ask"


@dataclass(frozen=True)
class Verdict:
    """An outcome. rules: the codes of the rules that decide it. also: of those to bear in mind."""

    outcome: Outcome
    rules: tuple[str, ...]
    also: tuple[str, ...] = ()


def way(answers: Answers) -> list[str]:
    """The questions that these answers lead through, up to the first that is not answered."""
    return list(_way(answers))


def _way(answers: Answers) -> Iterator[str]:
    for question in QUESTIONS:
        if question == "public" and answers.get("employer") != UNLISTED:
            continue
        yield question
        answer = answers.get(question)
        if not answer or answer in ENDS.get(question, ()):
            return


def unanswered(answers: Answers) -> str | None:
    """The question to ask next; None when the outcome is known."""
    last = way(answers)[-1]
    return None if answers.get(last) else last


def pruned(answers: Answers) -> dict[str, str]:
    """The answers that still apply: those of the questions on the way, each with its parts."""
    kept = {part for question in way(answers) for part in (question, *PARTS.get(question, ()))}
    return {name: answer for name, answer in answers.items() if name in kept and answer}


def outcome_of(answers: Answers) -> Verdict:
    """What answers come to, once no question is left (`unanswered` says None)."""
    said = answers.get
    if said("who") == OTHER:
        return Verdict(Outcome.NOT_COVERED, ("SC-STAFF",))
    if said("who") == MANAGER:
        return Verdict(Outcome.ASK, ("SC-STAFF",))
    if said("public") == NO:
        return Verdict(Outcome.NOT_COVERED, ("SC-PUBLIC",))
    if said("control") == OUTSIDE:
        return Verdict(Outcome.NOT_COVERED, ("SC-CONTROL",))
    asks, minds = _doubts(answers), _to_mind(answers)
    if said("limits") == YES or _is_guarded(answers):
        return Verdict(Outcome.MAY_BE_EXEMPT, ("SC-EXEMPT",), (*asks, *minds))
    if said("limits") == NOT_SURE:
        return Verdict(Outcome.ASK, ("SC-EXEMPT", *asks), minds)
    if asks:
        return Verdict(Outcome.ASK, asks, minds)
    return Verdict(Outcome.COVERED, ("SC-STAFF",), minds)


def in_doubt(answers: Answers) -> tuple[str, ...]:
    """The rules at which a person should look, by these answers; questions may be unanswered."""
    doubts = {
        "SC-EXEMPT": answers.get("limits") in (YES, NOT_SURE) or _is_guarded(answers),
        "SC-CONTROL": answers.get("control") == OUTSIDE,
    }
    return (*(code for code, holds in doubts.items() if holds), *_doubts(answers))


def _is_guarded(answers: Answers) -> bool:
    """Whether the employer's own work is in an area that may be exempt."""
    return (
        answers.get("employer_kind") in GUARDED_KINDS
        or answers.get("employer_of") in GUARDED_DEPARTMENTS
        or answers.get("employer") in GUARDED_DEPARTMENTS
    )


def _doubts(answers: Answers) -> tuple[str, ...]:
    """The rules on which a person should be asked first."""
    doubts = {
        "SC-PUBLIC": answers.get("public") == NOT_SURE,
        "SC-TESTS": answers.get("tests") == NO,
        "SC-BEGUN": answers.get("begun") in (STOPPED, TENDER),
    }
    return tuple(code for code, is_in_doubt in doubts.items() if is_in_doubt)


def _to_mind(answers: Answers) -> tuple[str, ...]:
    """The rules that a proposal must meet later, where the answers do not settle them."""
    open_ones = {
        "SC-TESTS": answers.get("tests") != NO,
        "SC-CONTROL": answers.get("control") == UNDECIDED,
        "SC-BEGUN": answers.get("begun") == NOT_SURE,
        "SC-CONTRACT": True,
    }
    return tuple(code for code, is_open in open_ones.items() if is_open)
