"""What later parts of the app show on an entry's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from pathfinders.register.audiences import Reader
from pathfinders.register.models import Pathfinder


@dataclass(frozen=True)
class Panel:
    """A box beside the facts: a template and what it needs."""

    template: str
    words: dict[str, Any]


Maker: TypeAlias = Callable[[Reader, Pathfinder], Panel | None]
_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """Add the panel of a part to the right of the register."""
    if maker not in _makers:
        _makers.append(maker)


def panels_for(reader: Reader, pathfinder: Pathfinder) -> list[Panel]:
    """The panels that somebody sees beside an entry."""
    return [panel for maker in _makers if (panel := maker(reader, pathfinder)) is not None]
