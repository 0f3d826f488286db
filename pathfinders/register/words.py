"""What the statuses of a pathfinder mean, with its dates."""

from __future__ import annotations

from activity.dates import in_words
from activity.standing import Standing
from pathfinders.register.choices import INSIDE, OUTSIDE
from pathfinders.register.models import Pathfinder


def dates(pathfinder: Pathfinder) -> dict[str, str]:
    """The dates that the sentences name: those that this entry has."""
    days = {"resumes": pathfinder.resumes_on, "ended": pathfinder.ended_on}
    return {name: in_words(day) for name, day in days.items() if day is not None}


STANDING = Standing(outside=OUTSIDE, inside=INSIDE, dates=dates)
