"""What has happened to a case: steps, notes and messages in one timeline, for officials."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    Expression,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people import named
from activity.models import Event
from proposals.draft.models import ConflictDeclaration, GateCode, Proposal
from proposals.review.gates.models import Finding

# Newest first; the voice tells the rows of one table from those of another.
ORDER = ("-at", "-voice", "-id")

ON_A_GATE = {
    Finding.YES: _("is passed."),
    Finding.NO: _("is not passed."),
    Finding.NOT_YET: _("is not passed yet."),
}

INSIDE: dict[str, str | Promise] = {
    "proposal.submit": _("Submitted."),
    "proposal.return_incomplete": _("Returned as incomplete."),
    "proposal.begin": _("Assessment began."),
    "proposal.ask_changes": _("Changes were asked for."),
    "proposal.resubmit": _("A new version arrived."),
    "case.ask_exempt": _("Proposed that the service is exempt."),
    "case.refuse_exempt": _("Refused that the service is exempt."),
    "case.take_back_exempt": _("Took back that the service is exempt."),
    "case.look_again": _("Looked at the exemption again: it stands until another day."),
    "case.overtake_exempt": _("The case went on, so the exemption that was proposed is void."),
    "proposal.confirm_exempt": _("Confirmed that the service is exempt."),
    "proposal.recommend": _("Recommended."),
    "proposal.countersign": _("Countersigned."),
    "proposal.send_back": _("Sent back to be assessed again."),
    "proposal.defer": _("Asked the team once more, in place of deciding."),
    "proposal.decide": _("Decided."),
    "case.ask_recall": _("Somebody asked to take the decision back."),
    "case.refuse_recall": _("The decision was not taken back."),
    "proposal.recall": _("The decision was taken back."),
    "case.order_release": _("Set the day on which the letter goes out."),
    "case.call_off_release": _("Took back the day on which the letter was to go out."),
    "proposal.release": _("The letter was released."),
    "proposal.withdraw": _("Withdrawn by the team."),
    "proposal.lapse": _("Lapsed: its team did nothing."),
    "proposal.revive": _("Brought back by its team."),
    "proposal.concern": _("Somebody in the team raised a concern about the employer."),
    "employer.ask": _("An official of the employer was asked."),
    "employer.replaced": _("Another official of the employer was asked instead."),
    "employer.handed-on": _("The employer's official named another, who was asked instead."),
    "employer.remind": _("The employer's official was reminded."),
    "employer.escalate": _("The lead of the employer's department was asked about its silence."),
    "employer.department_reply": _("The lead of the employer's department replied."),
    "employer.escalated": _("Whoever the lead of the department has answer was asked instead."),
    "employer.pass_on": _("The employer's silence came to the Cabinet Office."),
    "employer.answer": _("The employer's official answered."),
    "employer.stop": _("The employer is asked no longer."),
    "case.triage": _("Answered a question of triage."),
    "case.note_duplicate": _("Noted another case as being of the same service."),
    "case.undo_duplicate": _("Took back that another case is of the same service."),
    "case.assign": _("Gave the case to a reviewer."),
    "case.leave": _("Whoever answered for it has left; the case is back in the queue."),
    "case.remind": _("Reminded whoever it waited for."),
    "case.declare_none": _("Declared no conflict of interest."),
    "case.declare_conflict": _("Declared a conflict of interest."),
}

# Events that say which gate, and what was found on it.
GATE = "case.gate"
GATES: dict[str, str | Promise] = {
    f"{GATE} {gate} {found}": format_lazy("{} {}", gate.label, ON_A_GATE[found])
    for gate in GateCode
    for found in Finding
}
WORDS = INSIDE | GATES


@dataclass(frozen=True)
class Entry:
    """One entry: a step, or words. voice: "" for a step, "inside" or "outside" for words.

    left: whether whoever did it declared a conflict of interest afterwards.
    """

    text: str | Promise
    at: datetime.datetime
    who: str
    voice: str = ""
    left: bool = False


def parts(case: Proposal) -> list[QuerySet[Any, Any]]:
    """Steps, notes and messages of a case, as rows of the same names."""
    user = When(actor_kind="user", then=Cast("actor_id", BigIntegerField()))
    told = Event.objects.of(case).filter(kind__in=[*INSIDE, GATE])
    events = told.annotate(actor=Case(user), told=_told())
    acted = User.objects.filter(pk=OuterRef("actor"))
    left = ConflictDeclaration.objects.filter(proposal=case, is_conflict=True)
    return [
        _rows(
            events,
            "",
            "told",
            Subquery(acted.values(named=named())[:1]),
            left.filter(user=OuterRef("actor"), declared_at__gt=OuterRef("at")),
        ),
        _rows(case.notes.all(), "inside", "text", named("by__"), left.filter(user=OuterRef("by"))),
        _rows(
            case.messages.all(), "outside", "text", named("by__"), left.filter(user=OuterRef("by"))
        ),
    ]


def _told() -> Case:
    """The key of an event's words: its kind, with the gate and the finding where it has them."""
    parts = ("kind", Value(" "), KT("data__gate"), Value(" "), KT("data__found"))
    gate = Concat(*parts, output_field=TextField())
    return Case(When(kind=GATE, then=gate), default="kind", output_field=TextField())


def _rows(
    found: QuerySet[Any, Any],
    voice: str,
    words: str,
    who: Expression | Subquery,
    left: QuerySet[Any, Any],
) -> QuerySet[Any, Any]:
    said: QuerySet[Any, Any] = found.annotate(
        voice=Value(voice), words=Cast(words, TextField()), who=who, left=Exists(left)
    )
    columns = ("at", "voice", "id", "words", "who", "left")
    rows: QuerySet[Any, Any] = said.values_list(*columns, named=True)
    return rows


def entries(rows: Iterable[Any]) -> list[Entry]:
    """Rows of the parts, as their reader sees them."""
    return [
        Entry(
            row.words if row.voice else WORDS[row.words],
            row.at,
            row.who or "",
            row.voice,
            row.left,
        )
        for row in rows
    ]
