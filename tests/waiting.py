"""Waiting for what another process does."""

import time
from collections.abc import Callable
from typing import Any


def eventually(ask: Callable[[], Any], seconds: float = 60) -> Any:
    """What `ask` says once it says something true; what cannot be read yet is not true yet."""
    end = time.monotonic() + seconds
    last: Exception | None = None
    while time.monotonic() < end:
        try:
            if answer := ask():
                return answer
        except (OSError, ValueError, KeyError) as not_yet:
            last = not_yet
        time.sleep(0.05)
    raise AssertionError(f"{ask} was never true in {seconds} s") from last
