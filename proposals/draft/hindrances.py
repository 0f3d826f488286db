"""What stands in the way of signing or submitting beside the text itself, as other parts say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from activity.workflow import YES, Answer, because
from proposals.draft.models import Proposal
from proposals.draft.questions import Stage

# A sentence for the team, or "".
Hindrance: TypeAlias = Callable[[Proposal, Stage], str]

_known: list[Hindrance] = []


def register(hindrance: Hindrance) -> None:
    """Let a part say what else must be there by a stage."""
    _known.append(hindrance)


def answer(proposal: Proposal, stage: Stage) -> Answer:
    """Yes where nothing stands in the way by then; else the first reason."""
    said = next(filter(None, (each(proposal, stage) for each in _known)), "")
    return because(said) if said else YES
