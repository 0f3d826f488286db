"""What has happened to a case: steps, notes and messages in one timeline, for officials."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.models import Event
from proposals.draft.models import Proposal

SHOWN = 200

INSIDE: dict[str, str | Promise] = {
    "proposal.submit": _("Submitted."),
    "proposal.return_incomplete": _("Returned as incomplete."),
    "proposal.begin": _("Assessment began."),
    "proposal.recommend": _("Recommended."),
    "proposal.countersign": _("Countersigned."),
    "proposal.send_back": _("Sent back to be assessed again."),
    "proposal.decide": _("Decided."),
    "case.ask_recall": _("Somebody asked to take the decision back."),
    "proposal.recall": _("The decision was taken back."),
    "proposal.release": _("The letter was released."),
    "proposal.withdraw": _("Withdrawn by the team."),
    "case.declare_none": _("Declared no conflict of interest."),
    "case.declare_conflict": _("Declared a conflict of interest."),
}


@dataclass(frozen=True)
class Entry:
    """One entry: a step, or words. voice: "" for a step, "inside" or "outside" for words."""

    text: str | Promise
    at: datetime.datetime
    who: str
    voice: str = ""


def entries(case: Proposal) -> list[Entry]:
    """Everything that an official may know of a case, newest first."""
    events = list(Event.objects.of(case).filter(kind__in=INSIDE).order_by("-pk")[:SHOWN])
    notes = case.notes.select_related("by").order_by("-pk")[:SHOWN]
    talk = case.messages.select_related("by").order_by("-pk")[:SHOWN]
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=_users(events))}
    found = [Entry(INSIDE[e.kind], e.at, names.get(e.actor_id, "")) for e in events]
    found += [Entry(note.text, note.at, str(note.by), "inside") for note in notes]
    found += [Entry(message.text, message.at, str(message.by), "outside") for message in talk]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _users(events: list[Event]) -> list[int]:
    return [int(event.actor_id) for event in events if event.actor_kind == "user"]
