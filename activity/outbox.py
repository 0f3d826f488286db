"""Telling people: a row in the same transaction as what happened, delivered afterwards."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, TypeAlias

import structlog
from celery import current_app
from django.db import connection, models, transaction
from kombu.exceptions import OperationalError as BrokerAway

from accounts import cover
from accounts.models import User
from activity import clock, kinds, subjects
from activity.models import Notification

log = structlog.get_logger(__name__)

Recipient: TypeAlias = User | str
TAKEN_BACK = "taken-back"


def tell(
    kind: str,
    record: models.Model,
    people: Iterable[Recipient],
    *,
    due_on: datetime.date | None = None,
    ids: dict[str, int | str] | None = None,
    to_stand_ins: bool = True,
    not_before: datetime.datetime | None = None,
) -> list[Notification]:
    """Write that these people are to be told, and ask for one nudge when this commits.

    people: users, or addresses of people without an account; each is told once.
    ids: what the template needs to find words at delivery; never the words. `count` where it tells
    of several records at once. not_before: until when its mail is held.
    Whether it is mailed too is said of its kind (`activity.kinds`).
    """
    told = [(record, person) for person in dict.fromkeys(people)]
    return tell_each(
        kind, told, due_on=due_on, ids=ids, to_stand_ins=to_stand_ins, not_before=not_before
    )


def tell_each(
    kind: str,
    told: Iterable[tuple[models.Model, Recipient]],
    *,
    due_on: datetime.date | None = None,
    ids: dict[str, int | str] | None = None,
    to_stand_ins: bool = True,
    not_before: datetime.datetime | None = None,
) -> list[Notification]:
    """Write that each of these people is to be told of a record of their own, as `tell` does.

    told: pairs of a record and a person. to_stand_ins: whether whoever stands in for one of them is
    told too, where it asks for something and the record is open to them.
    """
    told, found = list(told), kinds.find(kind)
    rows = _rows(kind, told, due_on, ids or {})
    if found.asks and to_stand_ins:
        rows += _rows(kind, _in_their_place(told), due_on, {**(ids or {}), "stands_in": 1})
    for row in rows:
        row.try_at = not_before or row.try_at
    Notification.objects.bulk_create(rows)
    if rows and found.mailed:
        nudge_on_commit()
    return rows


def take_back(kind: str, record: models.Model, *, since: datetime.datetime) -> bool:
    """Keep the mail that tells of a record since some moment from leaving. In a transaction.

    False when some of it has left already, and then nothing is kept: a delivery that holds a row
    is waited for. People with an account find the message in their inbox all the same.
    """
    rows = Notification.objects.filter(
        kind=kind,
        subject_type=record._meta.label_lower,
        subject_id=record.pk,
        created_at__gte=since,
    )
    if any(row.attempts for row in rows.select_for_update(of=("self",))):
        return False
    rows.update(held_at=clock.now(), held_because=TAKEN_BACK)
    return True


def _in_their_place(
    told: Sequence[tuple[models.Model, Recipient]],
) -> list[tuple[models.Model, Recipient]]:
    """Of those who are told, whoever stands in for one who is away, unless they are told anyway."""
    users = [person for _record, person in told if isinstance(person, User)]
    stand_ins = cover.stand_ins(users, clock.today())
    found: list[tuple[models.Model, Recipient]] = []
    for record, person in told if stand_ins else ():
        other = stand_ins.get(person.pk) if isinstance(person, User) else None
        if other and (record, other) not in told and subjects.is_open_to(other, record):
            found.append((record, other))
    return list(dict.fromkeys(found))


def _rows(
    kind: str,
    told: Iterable[tuple[models.Model, Recipient]],
    due_on: datetime.date | None,
    ids: dict[str, int | str],
) -> list[Notification]:
    mailed = kinds.find(kind).mailed
    return [
        Notification(
            kind=kind,
            subject_type=record._meta.label_lower,
            subject_id=record.pk,
            reference=getattr(record, "reference", ""),
            mailed=mailed,
            due_on=due_on,
            ids=ids,
            **_recipient(person),
        )
        for record, person in told
    ]


def _recipient(person: Recipient) -> dict[str, Any]:
    return {"user": person} if isinstance(person, User) else {"address": person}


def nudge_on_commit() -> None:
    """Wake a worker once this transaction commits; once, however many messages it wrote.

    robust: a broker that is away must not turn a saved change into an error page. The sweep
    finds what no nudge announced.
    """
    if not any(nudge in callback for callback in connection.run_on_commit):
        transaction.on_commit(nudge, robust=True)


def nudge() -> None:
    """Ask a worker to deliver what waits; a broker that is away is noted and forgiven."""
    ask_worker("activity.tasks.deliver")


def ask_on_commit(task: str) -> None:
    """Ask a worker for a task once this transaction commits, as `ask_worker` does."""
    transaction.on_commit(partial(ask_worker, task), robust=True)


def ask_worker(task: str) -> None:
    """Ask a worker for a task that a sweep does anyway; a broker that is away is forgiven."""
    try:
        current_app.send_task(task, expires=60)
    except BrokerAway as error:
        log.warning("broker_away", error=type(error).__name__)


def tell_address(kind: str, address: str) -> None:
    """Tell an address something that is about no record of ours."""
    Notification.objects.create(kind=kind, address=address)
    nudge_on_commit()
