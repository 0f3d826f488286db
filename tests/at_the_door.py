"""What the tables of who may take which step are tried with: asked whole, and pressed in part.

A page asks `steps_for`, and the door asks the same of the step (tests/activity/test_workflow.py).
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from activity.actors import Actor
from activity.workflow import MovedOn, steps_for

T = TypeVar("T")


def offered(by: Actor, record: Any) -> set[str]:
    """The names of the steps that this person may take now, as a page of theirs offers them."""
    return {offer.step.name for offer in steps_for(by, record) if offer.answer}


def pressed_by(
    everybody: Sequence[T], nearest: Sequence[T], *, begins: bool, turn: int
) -> Sequence[T]:
    """Who presses: everybody where the step begins, and elsewhere one of the nearest, in turn.

    nearest: those who may take the step where it begins.
    """
    return everybody if begins else [nearest[turn % len(nearest)]]


def goes_through(press: Callable[[], object]) -> bool:
    """Whether the door lets somebody pass. What they did is undone."""
    try:
        with transaction.atomic():
            press()
            transaction.set_rollback(True)
    except (PermissionDenied, MovedOn):
        return False
    return True
