"""What is public and like what somebody writes about: apps find it, each shown with why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from accounts.models import Organisation


@dataclass(frozen=True)
class About:
    """What somebody writes about.

    reference: its own, which is never found. name, words: as typed. sector: a code, or "".
    """

    reference: str
    name: str
    words: str
    sector: str
    employer: Organisation


@dataclass(frozen=True)
class Like:
    """One public record that is like it, with what both have in common, in a sentence."""

    title: str
    path: str
    about: str
    why: str


Source: TypeAlias = Callable[[About, int], list[Like]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let an app look among its public records: closest first, at most so many, few queries."""
    _sources.append(source)


def find(about: About, most: int) -> list[Like]:
    """What is like it, closest first in each app's own order, at most so many in all."""
    return [like for source in _sources for like in source(about, most)][:most]
