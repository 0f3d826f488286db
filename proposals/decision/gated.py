"""What the gates of a case leave to recommend: no score makes up for one that is not passed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from proposals.decision.models import Outcome
from proposals.review.gates.models import Finding
from proposals.review.gates.standing import Stands


@dataclass(frozen=True)
class Lack:
    """What a recommendation lacks of a gate, in a sentence."""

    stands: Stands
    words: str


def lacking(
    gates: Collection[Stands],
    outcome: str,
    *,
    reasons: Collection[str] = (),
    cured: Collection[str] = (),
) -> list[Lack]:
    """What stands against recommending this way. reasons: codes of a rejection's grounds.

    cured: the gates that conditions name. Approval needs a yes to every gate on this version;
    conditions cure a "not yet" where the gate allows it; a rejection needs a reason of the kind of
    each gate that has a no. Source: domain guide 4.1.
    """
    if outcome == Outcome.REJECTED:
        return [Lack(each, words) for each in gates for words in _of_rejection(each, reasons)]
    by_conditions = outcome == Outcome.APPROVED_WITH_CONDITIONS
    named = cured if by_conditions else ()
    return [
        Lack(each, words)
        for each in gates
        for words in _of_approval(each, named, by_conditions=by_conditions)
    ]


def ways(gates: Collection[Stands]) -> list[tuple[Outcome, list[Lack]]]:
    """Both ways to approve, each with what it lacks before anything is typed.

    A condition that has yet to be typed is not lacking.
    """
    cured = [each.gate.code for each in gates]
    return [
        (outcome, lacking(gates, outcome, cured=cured))
        for outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)
    ]


def _of_rejection(stands: Stands, reasons: Collection[str]) -> Iterator[str]:
    if stands.found == Finding.NO and not set(reasons) & set(stands.gate.reasons):
        words = _("%(gate)s has a no: give at least one of its reasons, %(codes)s")
        yield words % {"gate": stands.gate.name, "codes": ", ".join(stands.gate.reasons)}


def _of_approval(stands: Stands, named: Collection[str], *, by_conditions: bool) -> Iterator[str]:
    gate = {"gate": stands.gate.name, "number": stands.version}
    if stands.last is None:
        yield _("%(gate)s is not answered") % gate
    elif stands.since:
        yield _("%(gate)s is to be confirmed again") % gate + ". " + stands.since
    elif stands.is_stale:
        yield _("%(gate)s is to be confirmed again on version %(number)d") % gate
    elif stands.found == Finding.NO:
        yield _("%(gate)s has a no: only a rejection is left, or to ask for changes") % gate
    elif stands.found == Finding.NOT_YET:
        yield from _of_not_yet(stands, named, by_conditions=by_conditions)


def _of_not_yet(stands: Stands, named: Collection[str], *, by_conditions: bool) -> Iterator[str]:
    gate = {"gate": stands.gate.name}
    if not stands.gate.by_conditions:
        yield _("%(gate)s has a “not yet”, which no condition can cure") % gate
    elif not by_conditions:
        yield _("%(gate)s has a “not yet”: approve with a condition that names it") % gate
    elif stands.gate.code not in named:
        yield _("%(gate)s has a “not yet”: name it in a condition") % gate
