"""The daily mail: one for each person whose messages wait for it, saying only how many there are."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from activity import clock, delivery, notices, subjects
from activity.delivery import LineDown, Post
from activity.kinds import How
from activity.models import Notification

READ = "read-already"
OLDER = Q(put_off_to__lt=OuterRef("put_off_to")) | Q(
    put_off_to=OuterRef("put_off_to"), pk__lt=OuterRef("pk")
)


def deliver_due() -> int:
    """Send the daily mails that are due. Return how many people's were handled."""
    return delivery.drain(deliver_next)


def deliver_next(post: Post) -> bool:
    """Send the daily mail of one person whom no other worker holds. False when there is none.

    All in one transaction: a worker that dies before it ends has settled nothing, and the mail
    goes again under the same id.
    """
    with transaction.atomic():
        carrier = _claim()
        if carrier is None:
            return False
        parts = [part for part in _parts(carrier) if _belongs(part)]
        line_up = not parts or _send(parts, post)
    if not line_up:
        raise LineDown
    return True


def _claim() -> Notification | None:
    """The oldest message of somebody's daily mail, which stands for all of it.

    Only it is claimed, so one worker alone makes one person's mail.
    """
    due = Notification.objects.put_off(clock.now())
    of_the_same = due.order_by().filter(OLDER, user=OuterRef("user"))
    first = due.filter(~Exists(of_the_same), try_at__lte=clock.now()).select_related("user")
    return first.select_for_update(skip_locked=True, of=("self",)).first()


def _parts(carrier: Notification) -> list[Notification]:
    """What is due to the same person; what its reader is just opening comes another time."""
    due = Notification.objects.put_off(clock.now()).filter(user=carrier.user)
    parts = list(due.select_for_update(skip_locked=True, of=("self",)))
    for part in parts:
        part.user = carrier.user
    return parts


def _belongs(part: Notification) -> bool:
    """Whether a message is counted in the mail. What is not is settled here, or sent by itself."""
    try:
        with transaction.atomic():
            if notices.how_wanted(part) != How.DAY:
                part.put_off_to, part.try_at = None, clock.now()
                part.save(update_fields=["put_off_to", "try_at"])
                return False
            if part.read_at is not None:
                delivery.hold(part, READ)
                return False
            return not delivery.hold_if_guarded(part, subjects.record_of(part))
    except Exception as error:  # one record's mistake must not keep the others from their reader
        delivery.failed(part, error)
        return False


def _send(parts: list[Notification], post: Post) -> bool:
    try:
        with transaction.atomic():
            mail = compose(parts)
    except Exception as error:  # a broken template must not stop the mails behind it
        for part in parts:
            delivery.failed(part, error)
        return True
    return delivery.send(mail, parts, post)


def compose(parts: list[Notification]) -> EmailMessage:
    """The mail for these messages of one person: quiet as soon as one of them is."""
    quiet = any(subjects.subject_of(part).quiet(part, subjects.record_of(part)) for part in parts)
    words = {"count": len(parts), "link": f"{settings.PORTAL_URL}{reverse('activity:inbox')}"}
    return delivery.mail(
        parts[0],
        subject=delivery.line("daily-subject", words),
        body=delivery.body("quiet" if quiet else "daily", words),
        unsigned=quiet,
    )
