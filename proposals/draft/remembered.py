"""Reading something of a record once for each instance that was fetched."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.db import models

R = TypeVar("R", bound=models.Model)
T = TypeVar("T")


def remembered(read: Callable[[R], T]) -> Callable[[R], T]:
    """Make a reading of a record one that is kept with the instance, and is as old as it."""
    name = f"_{read.__name__}"

    @wraps(read)
    def once(record: R) -> T:
        if name not in record.__dict__:
            record.__dict__[name] = read(record)
        found: T = record.__dict__[name]
        return found

    return once
