"""All that was said and noted of one enquiry, in the order in which it was."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Value

from advice.intake.models import Enquiry, Message


@dataclass(frozen=True)
class Noted:
    """A note, or a phone note, as the page shows it; what only a call has is None in a note."""

    words: str
    at: datetime.datetime
    author: str
    author_id: int
    began_at: datetime.datetime | None
    minutes: int | None
    rang: str | None
    reached: bool | None

    is_note = True

    @property
    def is_phone(self) -> bool:
        """Whether it is of a call."""
        return self.rang is not None


def said_in(enquiry: Enquiry, messages: Iterable[Message]) -> list[Message | Noted]:
    """What was said, which the caller fetched, and what was noted, in one query; the oldest first."""
    both: list[Message | Noted] = [*messages, *_noted(enquiry)]
    return sorted(both, key=lambda words: words.at)


def _noted(enquiry: Enquiry) -> list[Noted]:
    """Notes and phone notes from their two tables in one query."""
    no_call = {
        "began_at": Value(None, models.DateTimeField()),
        "minutes": Value(None, models.PositiveSmallIntegerField()),
        "rang": Value(None, models.CharField()),
        "reached": Value(None, models.BooleanField()),
    }
    first = ("words", "at", "name", "author_id")
    notes = enquiry.notes.order_by().annotate(name=F("author__name"), **no_call)
    calls = enquiry.phone_notes.order_by().annotate(name=F("author__name"))
    rows = notes.values_list(*first, *no_call).union(calls.values_list(*first, *no_call), all=True)
    return [Noted(*row) for row in rows]
