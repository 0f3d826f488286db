"""The steps of a pathfinder: on to the next stage, a rest, and the honest ends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activity.actors import Actor
from activity.workflow import NO, YES, Answer, Step
from pathfinders.register.audiences import is_coordinator
from pathfinders.register.choices import ENDS, STAGES, Status
from pathfinders.register.models import Pathfinder


def by_coordinators(actor: Actor, pathfinder: Pathfinder) -> Answer:
    """Coordinators alone move an entry; the others are shown no button."""
    return YES if is_coordinator(actor) else NO


def next_stage(pathfinder: Pathfinder) -> Status:
    """The stage after the one it stands at."""
    return STAGES[STAGES.index(Status(pathfinder.status)) + 1]


def stage_before_pause(pathfinder: Pathfinder) -> str:
    """Where it was when it paused."""
    return pathfinder.paused_from


def end_chosen(pathfinder: Pathfinder) -> str:
    """The end that the coordinator chose."""
    return pathfinder.ended_as


ADVANCE = Step(
    name="advance",
    label=_("Move to the next stage"),
    sources=STAGES[:-1],
    to=next_stage,
    results=STAGES[1:],
    allowed=by_coordinators,
)
PAUSE = Step(
    name="pause",
    label=_("Pause this pathfinder"),
    sources=STAGES,
    to=Status.PAUSED,
    allowed=by_coordinators,
)
RESUME = Step(
    name="resume",
    label=_("Resume this pathfinder"),
    sources=(Status.PAUSED,),
    to=stage_before_pause,
    results=STAGES,
    allowed=by_coordinators,
)
END = Step(
    name="end",
    label=_("Record its end"),
    sources=(*STAGES, Status.PAUSED),
    to=end_chosen,
    results=ENDS,
    allowed=by_coordinators,
)
STEPS = (ADVANCE, PAUSE, RESUME, END)
