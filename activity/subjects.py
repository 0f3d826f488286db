"""What the outbox must know of each kind of record: where it is shown, and when mail is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.db import models

from accounts.models import User

if TYPE_CHECKING:
    from activity.models import Notification

Facts: TypeAlias = dict[str, Any]


def _never(notification: Notification, record: Any) -> bool:
    return False


def _no_reason(notification: Notification, record: Any) -> str | None:
    return None


def _to_nobody(user: User, record: Any) -> bool:
    return False


@dataclass(frozen=True)
class Subject:
    """What an app says of one of its models when it is ready.

    model: None for mail that speaks of no record.
    address: the path in the portal that a message of this kind opens.
    guard: None, or a code of the reason why this mail must not be sent. Asked at delivery, so
    secrecy holds whoever asked for the mail.
    quiet: whether the mail must give nothing away: constant subject, no reference, and a link to
    the reader's messages in place of the address.
    unsigned: whether the sender's name is left out of mail whose words give nothing away already.
    prepare: facts for the templates that are made at delivery and not kept, such as a fresh link
    ("path" replaces the address). None: such mail needs nothing made before it leaves.
    sent: what follows once the mail server has taken the mail, in the transaction that notes it.
    held: what follows once the guard has refused it, in the transaction that notes that.
    open_to: whether the record is open to somebody, so that they may be told of it in place of
    whoever is away: others are not told that it is there.
    """

    model: type[models.Model] | None
    address: Callable[[Notification, Any], str]
    guard: Callable[[Notification, Any], str | None] = _no_reason
    quiet: Callable[[Notification, Any], bool] = _never
    unsigned: bool = False
    prepare: Callable[[Notification, Any], Facts] | None = None
    sent: Callable[[Notification, Any], None] | None = None
    held: Callable[[Notification, Any], None] | None = None
    open_to: Callable[[User, Any], bool] = _to_nobody


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Make a kind of record known to the outbox."""
    _subjects["" if subject.model is None else subject.model._meta.label_lower] = subject


def subject_of(notification: Notification) -> Subject:
    """What was registered for the record that a notification speaks of; KeyError if nothing."""
    return _subjects[notification.subject_type]


def is_open_to(user: User, record: models.Model) -> bool:
    """Whether somebody may be told of a record in place of whoever is away."""
    subject = _subjects.get(record._meta.label_lower)
    return subject is not None and subject.open_to(user, record)


def guard_as(record_type: str, record_id: int, notification: Notification) -> str | None:
    """What the guard of another record says of a mail, such as a code for a link to it."""
    record = apps.get_model(record_type)._base_manager.filter(pk=record_id).first()
    subject = _subjects.get(record_type)
    if record is None or subject is None:
        return "record-gone"
    return subject.guard(notification, record)


def held_as(record_type: str, record_id: int, notification: Notification) -> None:
    """What follows for another record once its guard has refused a mail, as `guard_as` asked it."""
    record = apps.get_model(record_type)._base_manager.filter(pk=record_id).first()
    subject = _subjects.get(record_type)
    if record is not None and subject is not None and subject.held is not None:
        subject.held(notification, record)


def record_of(notification: Notification) -> models.Model | None:
    """The record itself, or None if it is gone or there never was one."""
    if not notification.subject_type:
        return None
    model = apps.get_model(notification.subject_type)
    record: models.Model | None = model._base_manager.filter(pk=notification.subject_id).first()
    return record
