"""Where an idea goes on as a question: an app that this one does not know, told by the portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from proposals.ideas.models import Idea


@dataclass(frozen=True)
class Way:
    """How an idea becomes a question.

    ask: makes it one, in the caller's transaction, and returns its reference. link: makes a fresh
    private link to that question for its sender and returns the path.
    """

    ask: Callable[[Idea], str]
    link: Callable[[Idea], str]


_ways: list[Way] = []


def register(way: Way) -> None:
    """Say where ideas go on."""
    _ways[:] = [way]


def way() -> Way:
    """Where ideas go on."""
    return _ways[0]
