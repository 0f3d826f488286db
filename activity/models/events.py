"""What happened: the append-only record behind every history and every clock."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

import pgtrigger
from django.db import models

from activity import clock
from activity.actors import Actor, identity

CODE = re.compile(r"[A-Za-z0-9_.:>/-]{0,64}")


class EventQuerySet(models.QuerySet["Event"]):
    """Reads of what happened."""

    def of(self, record: models.Model) -> EventQuerySet:
        """Everything that happened to one record, oldest first."""
        return self.filter(subject_type=record._meta.label_lower, subject_id=record.pk).order_by(
            "pk"
        )

    def write(
        self, kind: str, record: models.Model, *, by: Actor, data: Mapping[str, Any] | None = None
    ) -> Event:
        """Write that something happened to a record that is not a change of its status.

        data: codes, whole numbers and dates only; ValueError for anything that could be words.
        """
        return self.create(**describe(kind, record, by=by, data=data or {}))


class Event(models.Model):
    """One thing that happened, kept for ever: codes, numbers and dates, no names, no free text.

    It has no foreign keys, so it neither stops nor follows the removal of what it speaks of.
    """

    kind = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=48)
    subject_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=64)
    before = models.CharField(max_length=32, blank=True)
    after = models.CharField(max_length=32, blank=True)
    revision = models.PositiveIntegerField(null=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_of_subject"),
            models.Index(fields=["actor_kind", "actor_id", "id"], name="event_by_actor"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_type} {self.subject_id}"


def describe(
    kind: str, record: models.Model, *, by: Actor, data: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields of an event about a record; ValueError where data could hold words."""
    actor_kind, actor_id = identity(by)
    return {
        "kind": kind,
        "subject_type": record._meta.label_lower,
        "subject_id": record.pk,
        "actor_kind": actor_kind,
        "actor_id": actor_id,
        "data": {name: _plain(name, value) for name, value in data.items()},
    }


def _plain(name: str, value: Any) -> Any:
    """A value as JSON, if it is a code, a number, a date, or a list of them."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(name, each) for each in value]
    if isinstance(value, str) and CODE.fullmatch(value):
        return value
    raise ValueError(f"An event keeps codes, numbers and dates: {name} is neither.")
