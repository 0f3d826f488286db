"""Delivering the outbox: one mail a transaction, at least once, never lost."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, TypeAlias

import structlog
from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse

from activity import clock, kinds, notices, subjects
from activity.kinds import How
from activity.models import Notification
from activity.subjects import Facts

Prepare: TypeAlias = Callable[[Notification, Any], Facts]

log = structlog.get_logger(__name__)

MINUTES = (1, 2, 5, 15, 60)
HOURLY = 60
GIVE_UP_AFTER = datetime.timedelta(hours=72)
RUN_FOR = datetime.timedelta(minutes=4)
NOT_WANTED = "not-wanted"


class Post:
    """A connection to the mail server, opened when first needed and used for many mails."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __enter__(self) -> Post:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.hang_up()

    def send(self, mail: EmailMessage) -> None:
        """Hand a mail over; raises what the mail server or the line raises."""
        if self._connection is None:
            self._connection = get_connection(fail_silently=False)
            self._connection.open()
        mail.connection = self._connection
        mail.send()

    def hang_up(self) -> None:
        """Close the line; after an error it may be in any state."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            try:
                connection.close()
            except (smtplib.SMTPException, OSError):
                log.info("mail_line_dropped")


class LineDown(Exception):
    """The mail server could not be reached: the rest may wait for the next sweep."""


def deliver_waiting() -> int:
    """Deliver what waits, oldest first, until nothing does. Return how many rows were handled."""
    return drain(deliver_next)


def drain(deliver_one: Callable[[Post], bool]) -> int:
    """Deliver one after another on one line until there is nothing more, or time is up."""
    handled = 0
    until = clock.now() + RUN_FOR
    with Post() as post:
        try:
            while clock.now() < until and deliver_one(post):
                handled += 1
        except LineDown:
            handled += 1
    return handled


def deliver_next(post: Post) -> bool:
    """Deliver the oldest waiting mail that no other worker holds. False when there is none."""
    with transaction.atomic():
        notification = _claim()
        if notification is None:
            return False
        if _rests(notification):
            return True
        subject = subjects.subject_of(notification)
        if subject.prepare is None:
            line_up = _deliver(notification, {}, post)
            prepared = None
        else:
            # A link must be good before the mail that carries it leaves, whatever becomes of us.
            line_up, prepared = True, _prepare(notification, subject.prepare)
    if prepared is not None:
        with transaction.atomic():
            again = _claim(notification.pk)
            line_up = again is None or _deliver(again, prepared, post)
    if not line_up:
        raise LineDown
    return True


def _rests(notification: Notification) -> bool:
    """Whether its reader wants this one later, or not by mail: noted here."""
    if _is_too_early(notification):
        return True
    how = notices.how_wanted(notification)
    if how == How.OFF:
        hold(notification, NOT_WANTED)
    elif how == How.DAY:
        notification.put_off_to = notices.next_daily_mail(clock.now())
        notification.save(update_fields=["put_off_to"])
    return how != How.NOW


def _is_too_early(notification: Notification) -> bool:
    """Whether a reminder must wait for office hours, a second try of it too: noted here."""
    now = clock.now()
    if not kinds.find(notification.kind).in_office_hours or notices.may_remind(now):
        return False
    notification.try_at = notices.may_remind_from(now)
    notification.save(update_fields=["try_at"])
    return True


def _claim(pk: Any = None) -> Notification | None:
    waiting = Notification.objects.waiting(clock.now()).select_related("user")
    if pk is not None:
        waiting = waiting.filter(pk=pk)
    return waiting.select_for_update(skip_locked=True, of=("self",)).first()


def _prepare(notification: Notification, prepare: Prepare) -> Facts | None:
    """Facts made for this delivery; None when it is settled here (held, or our own mistake)."""
    record = subjects.record_of(notification)
    try:
        with transaction.atomic():  # a mistake in the database must not undo the note of it
            if hold_if_guarded(notification, record):
                return None
            return prepare(notification, record)
    except Exception as error:  # whatever a template's facts raise, the outbox goes on
        failed(notification, error)
        return None


def _deliver(notification: Notification, facts: Facts, post: Post) -> bool:
    """Send one claimed mail and note how it went. False when the mail server is away."""
    record = subjects.record_of(notification)
    try:
        with transaction.atomic():
            if hold_if_guarded(notification, record):
                return True
            mail = compose(notification, record, facts)
    except Exception as error:  # a broken template must not stop the mails behind it
        failed(notification, error)
        return True
    return send(mail, [notification], post)


def send(mail: EmailMessage, told: Iterable[Notification], post: Post) -> bool:
    """Hand one mail over and note in each message that it tells of how that went.

    False when the mail server is away.
    """
    try:
        post.send(mail)
    except (smtplib.SMTPException, OSError, BadHeaderError, UnicodeError) as error:
        post.hang_up()
        for notification in told:
            failed(notification, error)
        return not _is_line_down(error)
    for notification in told:
        notification.sent_at = clock.now()
        notification.attempts += 1
        notification.save(update_fields=["sent_at", "attempts"])
        _follow(notification)
    return True


def _follow(notification: Notification) -> None:
    """Do what the app does once a mail about its record has left."""
    sent = subjects.subject_of(notification).sent
    if sent is not None:
        sent(notification, subjects.record_of(notification))


def compose(notification: Notification, record: Any, facts: Facts) -> EmailMessage:
    """The mail for a notification: words and links made now, from constant templates."""
    subject = subjects.subject_of(notification)
    quiet = subject.quiet(notification, record)
    # An address of ours names the record; quiet mail leads to the messages, which lead on.
    inbox = reverse("activity:inbox")
    path = facts.get("path") or (inbox if quiet else subject.address(notification, record))
    words = _facts_of(notification) | {**facts, "link": f"{settings.PORTAL_URL}{path}"}
    return mail(
        notification,
        subject=line("daily-subject", {"count": 1}) if quiet else subject_line(notification),
        body=body("quiet" if quiet else notification.kind, words),
        unsigned=quiet or subject.unsigned,
    )


def mail(notification: Notification, *, subject: str, body: str, unsigned: bool) -> EmailMessage:
    """A mail to whom a notification is for, known by its id; unsigned: without our name."""
    return EmailMessage(
        subject=subject,
        body=body,
        from_email=settings.QUIET_FROM if unsigned else settings.DEFAULT_FROM_EMAIL,
        to=[notification.recipient_address],
        headers={"Message-ID": f"<{notification.pk}@{settings.MAIL_DOMAIN}>"},
    )


def subject_line(notification: Notification) -> str:
    """What the message is about, in one line, from the row alone."""
    return line(f"{notification.kind}-subject", _facts_of(notification))


def _facts_of(notification: Notification) -> Facts:
    """What its words may say, from the row alone. count: of how many records it tells."""
    return {
        "reference": notification.reference,
        "due_on": notification.due_on,
        "count": notification.ids.get("count", 1),
        "stands_in": "stands_in" in notification.ids,
    }


def line(name: str, words: Facts) -> str:
    """One of the templates of messages as one line."""
    return " ".join(_render(name, words).split())


def body(name: str, words: Facts) -> str:
    """The body of a kind of message."""
    return _render(f"{name}-body", words).strip() + "\n"


def _render(name: str, words: Facts) -> str:
    """Plain text: nothing in it is HTML, so nothing is escaped as if it were."""
    template = get_template(f"messages/{name}.txt").template  # type: ignore[attr-defined]  # Django's own engine
    return str(template.render(Context(words, autoescape=False)))


def hold_if_guarded(notification: Notification, record: Any) -> bool:
    """Hold the mail when a guard refuses it, or when what it speaks of is gone."""
    subject = subjects.subject_of(notification)
    gone = record is None and notification.subject_type != ""
    reason = "record-gone" if gone else subject.guard(notification, record)
    if not reason and notification.user is not None and not notification.user.is_active:
        reason = "account-closed"
    if not reason:
        return False
    hold(notification, reason)
    if subject.held is not None and record is not None:
        subject.held(notification, record)
    return True


def hold(notification: Notification, reason: str) -> None:
    """Keep a mail from leaving, for a reason that is noted as its code; the inbox has it still."""
    notification.held_at, notification.held_because = clock.now(), reason
    notification.save(update_fields=["held_at", "held_because"])


def failed(notification: Notification, error: Exception) -> None:
    """Note a failure: again later, or never when the server refused for good or time is up."""
    code = failure_code(error)
    notification.attempts += 1
    notification.failure = code[:32]
    now = clock.now()
    notification.try_at = now + datetime.timedelta(minutes=_delay(notification.attempts))
    began = max(notification.created_at, notification.put_off_to or notification.created_at)
    if is_permanent(error) or notification.try_at > began + GIVE_UP_AFTER:
        notification.failed_at = now
    notification.save(update_fields=["attempts", "failure", "try_at", "failed_at"])
    if code.startswith("ours-"):
        log.error("mail_not_made", notification=str(notification.pk), exc_info=error)


def _delay(attempts: int) -> int:
    return MINUTES[attempts - 1] if attempts <= len(MINUTES) else HOURLY


def is_permanent(error: Exception) -> bool:
    """Whether the server refused this very mail for good: trying again would annoy it."""
    if isinstance(error, BadHeaderError | UnicodeError):
        return True
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def failure_code(error: Exception) -> str:
    """A short code of what went wrong; never the server's words, which may quote the address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"smtp-{max(code for code, _words in error.recipients.values())}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp-{error.smtp_code}"
    if isinstance(error, smtplib.SMTPException | OSError):
        return f"line-{type(error).__name__}"
    return f"ours-{type(error).__name__}"


def _is_line_down(error: Exception) -> bool:
    """Whether the next mail would meet the same wall."""
    about_this_mail = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, BadHeaderError)
    return not isinstance(error, (*about_this_mail, UnicodeError))
