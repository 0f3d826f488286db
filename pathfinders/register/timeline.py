"""The journey of a pathfinder as its entries tell it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pathfinders.register.choices import ENDS, STAGES, Status
from pathfinders.register.models import Entry, Pathfinder


@dataclass(frozen=True)
class Moment:
    """One line of the journey.

    entry: the first that says so, None where the register does not. is_before: it must have come
    there before the record begins, though no source says when.
    """

    status: Status
    entry: Entry | None
    is_now: bool
    is_done: bool
    is_before: bool = False

    @property
    def on(self) -> datetime.date | None:
        """The day it came there, or on which a source first said so."""
        day = self.entry.facts["reached_on"] if self.entry else None
        return datetime.date.fromisoformat(day) if day else None


def timeline(pathfinder: Pathfinder, entries: list[Entry]) -> list[Moment]:
    """The five stages in order, then a rest or an end in the place where it came.

    Empty while no source names a stage. Raises nothing for entries that skip a stage.
    """
    if not pathfinder.shows_status:
        return []
    firsts: dict[str, Entry] = {}
    for entry in entries:
        firsts.setdefault(entry.facts["status"], entry)
    now = Status(pathfinder.status)
    if now in STAGES:
        return [_stage(stage, firsts, now=now, reached=now) for stage in STAGES]
    latest = next(entry for entry in reversed(entries) if entry.facts["status"] == now)
    beside = Moment(now, latest, is_now=True, is_done=False)
    if not pathfinder.stage_known:
        return [beside]
    reached = _last_stage(firsts)
    stages = [_stage(stage, firsts, now=now, reached=reached) for stage in STAGES]
    place = STAGES.index(reached) + 1
    return [*stages[:place], beside, *([] if now in ENDS else stages[place:])]


def _last_stage(firsts: dict[str, Entry]) -> Status:
    """The furthest stage it came to before it rested or ended."""
    return max((stage for stage in STAGES if stage in firsts), key=STAGES.index)


def _stage(stage: Status, firsts: dict[str, Entry], *, now: Status, reached: Status) -> Moment:
    is_now = stage == now
    is_done = not is_now and stage in firsts
    is_before = not is_done and STAGES.index(stage) < STAGES.index(reached)
    return Moment(stage, firsts.get(stage), is_now, is_done, is_before)
