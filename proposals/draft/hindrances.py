"""What stands in the way of signing or submitting beside the text itself, as other parts say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from activity.workflow import YES, Answer, because
from proposals.draft.models import Proposal
from proposals.draft.questions import Stage

# A sentence for the team, or "".
Hindrance: TypeAlias = Callable[[Proposal, Stage], str]

# Columns by their names, which a query that finds a proposal reads along with it.
Reads: TypeAlias = Callable[[], dict[str, Any]]

_known: list[tuple[Hindrance, Reads]] = []


def register(hindrance: Hindrance, reads: Reads) -> None:
    """Let a part say what else must be there by a stage.

    reads: what it must know of a proposal for that, so that pages ask the database once.
    """
    _known.append((hindrance, reads))


def read_along() -> dict[str, Any]:
    """What every part must know of a proposal, for the query that finds it."""
    return {name: column for _, reads in _known for name, column in reads().items()}


def answer(proposal: Proposal, stage: Stage) -> Answer:
    """Yes where nothing stands in the way by then; else the first reason."""
    said = next(filter(None, (each(proposal, stage) for each, _ in _known)), "")
    return because(said) if said else YES
