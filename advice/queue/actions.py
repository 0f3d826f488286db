"""Taking enquiries from the queue and moving them on."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Organisation, Role, User
from activity import clock
from activity.actors import forget_roles
from activity.once import key_of
from activity.transactions import in_one_piece, lock
from activity.workflow import take
from advice.intake import clocks, people
from advice.intake.models import Enquiry, Note, Outcome
from advice.queue import steps

# Any number, as long as nothing else of ours uses it for advisory locks of two numbers.
ONE_ADVISER = 4108


@in_one_piece
def take_next(*, by: User) -> Enquiry | None:
    """Take the enquiry that is due first of those free to this adviser; None if there is none.

    What somebody else is taking at this moment is passed over, so nobody waits and nobody gets
    the same one. PermissionDenied, with the reason, when the adviser holds enough.
    """
    one_press_at_a_time(by)
    free = Enquiry.objects.open_to(by).order_by("due_at", "pk")
    found = free.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if found is None:
        return None
    why = "late" if found.is_late_at(clock.now()) else "due-first"
    return _claim(found, seen=found.revision, by=by, why=why)


@in_one_piece
def claim(*, enquiry: Enquiry, seen: int, by: User) -> Enquiry:
    """Take this very enquiry. MovedOn when somebody else was faster."""
    one_press_at_a_time(by)
    return _claim(lock(Enquiry, enquiry.pk, by=by), seen=seen, by=by, why="chosen")


def one_press_at_a_time(by: User) -> None:
    """Make two presses of one person follow each other, so that no limit is passed by both.

    Whoever gives them an enquiry, or takes all of theirs back, comes before or after as well. Their
    roles are read anew: one may have ended meanwhile. It is taken before any lock of an enquiry.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ONE_ADVISER, by.pk])
    forget_roles(by)


def _claim(enquiry: Enquiry, *, seen: int, by: User, why: str) -> Enquiry:
    provider = enquiry.provider or next(iter(people.providers_of(by, Role.ADVISER)), None)
    return take(
        steps.CLAIM, enquiry, by=by, seen=seen, data={"why": why}, adviser=by, provider=provider
    )


@in_one_piece
def hand_over(
    *,
    enquiry: Enquiry,
    to: User | Organisation,
    reason: str,
    once: uuid.UUID,
    seen: int,
    by: User,
) -> Enquiry:
    """Give an enquiry to a colleague, or into the queue of a provider, with a note that says why.

    Pressed twice, it is handed over once. MovedOn when the second press names somebody else,
    PermissionDenied when the colleague is no adviser of the provider that holds it.
    """
    if isinstance(to, User):
        one_press_at_a_time(to)
    fresh = lock(Enquiry, enquiry.pk, by=by)
    name = key_of(once, by.pk, fresh.pk, to._meta.label_lower, to.pk, reason)
    if Note.objects.filter(once=name).exists():
        return fresh
    adviser = to if isinstance(to, User) else None
    provider = to if isinstance(to, Organisation) else fresh.provider
    moved = take(steps.HAND_OVER, fresh, by=by, seen=seen, adviser=adviser, provider=provider)
    # After the step: whoever came too late hears that first. A refusal undoes the step.
    if adviser is not None and provider not in people.providers_of(adviser, Role.ADVISER):
        raise PermissionDenied
    Note.objects.create(enquiry=moved, author=by, words=reason, once=name)
    return moved


def close(*, enquiry: Enquiry, outcome: Outcome, seen: int, by: User) -> Enquiry:
    """End an enquiry and say what came of it."""
    data = {"outcome": outcome}
    return take(steps.CLOSE, enquiry, by=by, seen=seen, data=data, outcome=outcome)


@in_one_piece
def reopen(*, enquiry: Enquiry, seen: int, by: User) -> Enquiry:
    """Take up an enquiry again; its clock begins anew."""
    one_press_at_a_time(by)
    now = clock.now()
    due_at = clocks.reply_due_at(now, enquiry.policy)
    fields: dict[str, Any] = {"adviser": by, "outcome": "", "clock_from": now, "due_at": due_at}
    return take(steps.REOPEN, enquiry, by=by, seen=seen, **fields)
