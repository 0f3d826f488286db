"""Writing in one piece: atomic, never waiting long for a lock, always locking in one order."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

import structlog
from django.db import OperationalError, connection, models, transaction

from activity.actors import Actor, forget_roles

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)

# Two people who lock the same rows in different orders wait for each other for ever. Everybody
# locks from the top of this list down, and within a kind in the order of primary keys.
LOCK_ORDER = (
    "pathfinders.round",
    "pathfinders.seat",
    "pathfinders.pathfinder",
    "proposals.proposal",
    "proposals.ballot",
    "pathfinders.mentorship",
    "advice.call",
    "advice.enquiry",
    "proposals.idea",
)
TRIES = 3
TRY_AGAIN = {"40001", "40P01"}  # serialization_failure, deadlock_detected
LOCK_WAIT = "5s"

log = structlog.get_logger(__name__)

_held: ContextVar[list[tuple[int, int]] | None] = ContextVar("held locks", default=None)


class LockOrderError(RuntimeError):
    """Code of ours asked for locks out of order: a deadlock that has not happened yet."""


def in_one_piece(write: Callable[P, T]) -> Callable[P, T]:
    """Run a function that writes in a transaction; when it is the outermost, retry a deadlock.

    Inside another transaction it joins that one, whose owner retries the whole.
    """

    @functools.wraps(write)
    def whole(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block and _held.get() is not None:
            return write(*args, **kwargs)
        for _attempt in range(1, TRIES):
            try:
                return _once(write, *args, **kwargs)
            except OperationalError as error:
                again = getattr(error.__cause__, "pgcode", None) in TRY_AGAIN
                if connection.in_atomic_block or not again:
                    raise
        return _once(write, *args, **kwargs)

    return whole


def _once(write: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    token = _held.set([])
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_WAIT])
            return write(*args, **kwargs)
    finally:
        _held.reset(token)


def tried(step: Callable[[], bool], noted: str) -> bool:
    """What a step of a job returned: whether it did anything.

    Of a row that it cannot have now the log says so, under the event `noted`: the job comes again.
    """
    try:
        return step()
    except OperationalError as error:
        log.warning(noted, error=type(error).__name__)
        return False


def lock(model: type[M], pk: int, *, by: Actor | None = None) -> M:
    """Lock one row against other writers and return it as it is now.

    by: who is about to write; their roles are read anew, for somebody who waited for a lock is
    judged as they are by then.

    It reads the table itself, never a `visible_to` queryset: `FOR UPDATE` refuses unions, and a
    row that its reader may no longer see must still be lockable. NO KEY: foreign keys to the row
    may still be added meanwhile.
    """
    _check_order(model, pk)
    row = model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if by is not None:
        forget_roles(by)
    return row


def _check_order(model: type[models.Model], pk: int) -> None:
    held = _held.get()
    if held is None:
        raise LockOrderError("Locks are taken inside a function marked @in_one_piece.")
    label = model._meta.label_lower
    if label not in LOCK_ORDER:
        raise LockOrderError(f"{label} has no place in the lock order.")
    wanted = (LOCK_ORDER.index(label), pk)
    if wanted in held:
        return  # a row that is ours already is waited for by nobody
    if held and wanted < held[-1]:
        raise LockOrderError(f"{label} {pk} is locked after {LOCK_ORDER[held[-1][0]]}.")
    held.append(wanted)
