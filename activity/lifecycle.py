"""What every record with a status has, and the trigger that keeps its one door shut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.db import models

from activity import clock

GUARD = """
IF TG_OP = 'INSERT' THEN
    IF NOT (NEW.status = ANY (ARRAY[{born}])) THEN
        RAISE EXCEPTION 'a % begins as one of: {plain}', TG_TABLE_NAME
            USING ERRCODE = 'check_violation';
    END IF;
ELSIF NEW.status IS DISTINCT FROM OLD.status
    AND current_setting('portal.step', true) IS DISTINCT FROM
        TG_TABLE_NAME || ':' || OLD.id || ':' || OLD.status || '>' || NEW.status THEN
    RAISE EXCEPTION 'the status of a % changes only by a step', TG_TABLE_NAME
        USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def announcement(record: models.Model, before: str, after: str) -> str:
    """What `take` tells the trigger: this one row may make this one move."""
    return f"{record._meta.db_table}:{record.pk}:{before}>{after}"


class StatusGuard(pgtrigger.Trigger):
    """Refuses a change of status that `take` did not announce, and a birth in a later status.

    born: the statuses in which a record may be inserted.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self, *, born: Iterable[str], **kwargs: Any) -> None:
        codes = [str(code) for code in born]
        quoted = ", ".join(f"'{code}'" for code in codes)
        func = GUARD.replace("{born}", quoted).replace("{plain}", ", ".join(codes))
        super().__init__(name="status_by_step", func=func, **kwargs)


class LifecycleModel(models.Model):
    """A record that has a status, moved by `take` alone.

    revision: raised by every step; a page sends back the one it was drawn from, as `seen`.
    """

    reference = models.CharField(max_length=24, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    status_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference
