"""What moves a pathfinder along its journey; each move is a new public entry."""

from __future__ import annotations

import datetime

from activity import clock
from activity.actors import Actor
from activity.transactions import in_one_piece
from activity.workflow import take
from pathfinders.journey.steps import ADVANCE, END, PAUSE, RESUME
from pathfinders.register import entries
from pathfinders.register.models import Pathfinder

OWN_RECORD = "The programme's own record"


@in_one_piece
def advance(
    pathfinder: Pathfinder,
    *,
    by: Actor,
    seen: int,
    on: datetime.date,
    source: str,
    reason: str,
) -> Pathfinder:
    """Move a pathfinder to its next stage, reached on that day. Raises as `take` does."""
    moved = take(ADVANCE, pathfinder, by=by, seen=seen, data={"on": on}, reached_on=on)
    entries.write(moved, source=source, reason=reason)
    return moved


@in_one_piece
def pause(
    pathfinder: Pathfinder, *, by: Actor, seen: int, until: datetime.date, reason: str
) -> Pathfinder:
    """Rest a pathfinder until a day, and keep where it was. Raises as `take` does."""
    moved = take(
        PAUSE,
        pathfinder,
        by=by,
        seen=seen,
        data={"until": until},
        paused_from=pathfinder.status,
        resumes_on=until,
        reached_on=clock.today(),
    )
    entries.write(moved, source=OWN_RECORD, reason=reason)
    return moved


@in_one_piece
def resume(pathfinder: Pathfinder, *, by: Actor, seen: int, reason: str) -> Pathfinder:
    """Take a pathfinder back to the stage at which it paused. Raises as `take` does."""
    moved = take(RESUME, pathfinder, by=by, seen=seen, resumes_on=None, reached_on=clock.today())
    entries.write(moved, source=OWN_RECORD, reason=reason)
    return moved


@in_one_piece
def end(
    pathfinder: Pathfinder,
    *,
    by: Actor,
    seen: int,
    how: str,
    on: datetime.date,
    source: str,
    reason: str,
    staff: str,
    service: str,
    assets: str,
) -> Pathfinder:
    """Record the honest end of a pathfinder and what became of it. Raises as `take` does.

    how: one of ENDS. staff, service, assets: what became of them; anyone may read it.
    """
    moved = take(
        END,
        pathfinder,
        by=by,
        seen=seen,
        data={"on": on},
        ended_as=how,
        ended_on=on,
        reached_on=on,
        resumes_on=None,
        end_staff=staff,
        end_service=service,
        end_assets=assets,
    )
    entries.write(moved, source=source, reason=reason)
    return moved
