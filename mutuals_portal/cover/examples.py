"""Example time away, for the embedded database only."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from accounts.models import Absence, User
from activity import clock
from mutuals_portal.cover import actions

# Who is away and who stands in, in how many days, for how many; and whether they have agreed.
PLANNED = (
    ("decision_maker", "second_decision_maker", 20, 11, True),
    ("second_decision_maker", "decision_maker", 60, 4, False),
)


def load(people: Mapping[str, User]) -> None:
    """Make the example time away; a second time changes nothing."""
    for away, stand_in, days, lasts, agrees in PLANNED:
        user, other = people[away], people[stand_in]
        if Absence.objects.filter(user=user).exists():
            continue
        first = clock.today() + datetime.timedelta(days)
        last = first + datetime.timedelta(lasts)
        absence = actions.add(starts_on=first, ends_on=last, stand_in=other, by=user)
        if agrees:
            actions.answer(absence=absence, agrees=True, by=other)
