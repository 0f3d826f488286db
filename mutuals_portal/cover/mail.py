"""What the outbox must know of time away."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import COVERED, Absence
from activity.actors import holds
from activity.kinds import How, Kind, in_role
from activity.models import Notification
from activity.subjects import Subject

COLLEAGUES = _("Time away")
covered = in_role(*COVERED)

KINDS = (
    Kind("cover.ask", _("A colleague asks you to stand in"), COLLEAGUES, (covered,), How.DAY),
    Kind(
        "cover.answer",
        _("An answer to your asking somebody to stand in"),
        COLLEAGUES,
        (covered,),
        How.DAY,
    ),
    Kind("cover.spare", _("You need not stand in any longer"), COLLEAGUES, (covered,), How.OFF),
)


def guard(notification: Notification, absence: Absence) -> str | None:
    """Refuse mail to whoever has no such role any longer."""
    user = notification.user
    return None if user is not None and holds(user, *COVERED) else "role-ended"


SUBJECT = Subject(
    model=Absence, address=lambda notification, absence: reverse("accounts:cover"), guard=guard
)
