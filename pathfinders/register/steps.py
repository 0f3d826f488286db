"""The one step of the register itself: an approval joins an entry that was open already."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activity.actors import System
from activity.workflow import Step, only
from pathfinders.register.choices import Status

# An approval joins an entry: no person does it by hand.
RELEASE = System("release")

JOIN = Step(
    name="join",
    label=_("Join the approval"),
    sources=(Status.EARLY_THINKING, Status.APPRAISAL),
    to=Status.IMPLEMENTATION,
    allowed=only(RELEASE),
)
STEPS = (JOIN,)
