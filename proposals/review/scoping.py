"""A version under the rules of scope: what its answers come to under each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from proposals.check import scope
from proposals.draft.questions import Answers

YES = "yes"
# What a team says of what is under way -> what the check before a draft calls it.
BEGUN = {"tendered": scope.TENDER, "closed": scope.STOPPED, "moved": scope.TENDER}


class State(StrEnum):
    """What the answers come to under one rule."""

    LOOK = "needs-attention"
    MET = "completed"
    LATER = "later"


STATES: dict[State, str | Promise] = {
    State.MET: gettext_lazy("Met by the answers"),
    State.LOOK: gettext_lazy("Look at this"),
    State.LATER: gettext_lazy("Judged in the assessment"),
}


@dataclass(frozen=True)
class RuleFound:
    """A rule of scope under the answers. why: which answer it rests on, in words."""

    rule: Any
    state: State
    why: str

    @property
    def label(self) -> str:
        """The state in words."""
        return str(STATES[self.state])


def scope_answers(typed: Mapping[str, Answers], employer: Organisation) -> dict[str, str]:
    """A proposal's answers as those of the check before a draft; a team works in its service."""
    service, model = typed.get("service", {}), typed.get("model", {})
    return {
        "who": scope.STAFF,
        "employer": employer.slug,
        "employer_kind": employer.kind,
        "employer_of": employer.department.slug if employer.department else "",
        "public": scope.NOT_SURE if employer.is_awaited else scope.YES,
        "limits": service.get("S10", ""),
        "control": scope.OUTSIDE if model.get("M6") == YES else scope.MEMBERS,
        "tests": scope.YES,
        "begun": BEGUN.get(service.get("S12", ""), scope.NOTHING),
    }


def rules_found(
    typed: Mapping[str, Answers],
    employer: Organisation,
    saves: bool | None,
    rules: Mapping[str, Any],
) -> list[RuleFound]:
    """Each rule of scope under the answers, those to look at first.

    saves: whether the plan saves, as far as it is known.
    """
    answers = scope_answers(typed, employer)
    if saves is False:
        answers["tests"] = scope.NO
    look = scope.in_doubt(answers)
    said = dict(_reasons(typed, employer, saves))
    found = [
        RuleFound(rule, _state(code, look), said.get(code, "")) for code, rule in rules.items()
    ]
    return sorted(found, key=lambda each: list(State).index(each.state))


# What triage leaves to the assessment, where nothing stands against it.
LATER = ("SC-TESTS", "SC-CONTRACT")


def _state(code: str, look: tuple[str, ...]) -> State:
    if code in look:
        return State.LOOK
    return State.LATER if code in LATER else State.MET


def _reasons(
    typed: Mapping[str, Answers], employer: Organisation, saves: bool | None
) -> Iterator[tuple[str, str]]:
    service, model = typed.get("service", {}), typed.get("model", {})
    yield "SC-STAFF", _("Two or more in the team say that they work for the employer now.")
    yield "SC-PUBLIC", _public(employer)
    yield "SC-EXEMPT", _limits(service, employer)
    yield (
        "SC-CONTROL",
        _("An outside investor or partner would own a part of it.")
        if model.get("M6") == YES
        else _("No outside investor or partner would own a part of it."),
    )
    yield "SC-TESTS", _saving(saves)
    yield "SC-BEGUN", _under_way(service)
    yield "SC-CONTRACT", _("It speaks of what comes after a decision.")


def _public(employer: Organisation) -> str:
    if employer.is_awaited:
        return _("Nobody has checked yet that %(name)s is a public body.") % {"name": employer}
    return _("%(name)s is in the register of public bodies.") % {"name": employer}


def _limits(service: Answers, employer: Organisation) -> str:
    said = {
        "yes": _("The team says that a part is in such an area: “%(words)s”")
        % {"words": service.get("S10_which", "")},
        "not-sure": _("The team is not sure: “%(words)s”")
        % {"words": service.get("S10_doubt", "")},
    }
    words = said.get(service.get("S10", ""), _("The team says that no part is in such an area."))
    if scope.in_doubt({"employer_kind": employer.kind}):
        words += " " + _("The employer's own work may be in one.")
    return words


def _saving(saves: bool | None) -> str:
    if saves is None:
        return _("The figures are not whole, so no saving can be computed.")
    return (
        _("By its own figures the plan saves money over five years.")
        if saves
        else _("By its own figures the plan saves nothing over five years.")
    )


def _under_way(service: Answers) -> str:
    said = {
        "tendered": _("The team says that it is being tendered."),
        "closed": _("The team says that it is being closed."),
        "moved": _("The team says that it is being moved to another body."),
    }
    return said.get(
        service.get("S12", ""), _("The team says that nothing of the kind is under way.")
    )
