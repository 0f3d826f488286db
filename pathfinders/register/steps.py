"""The one step of the register itself: an approval joins an entry that was open already."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activity.actors import Actor, System
from activity.workflow import NO, YES, Answer, Step
from pathfinders.register.choices import Status
from pathfinders.register.models import Pathfinder

RELEASE = System("release")


def is_release(actor: Actor, pathfinder: Pathfinder) -> Answer:
    """The release of an approval, which no person does by hand."""
    return YES if actor == RELEASE else NO


JOIN = Step(
    name="join",
    label=_("Join the approval"),
    sources=(Status.EARLY_THINKING, Status.APPRAISAL),
    to=Status.IMPLEMENTATION,
    allowed=is_release,
)
STEPS = (JOIN,)
