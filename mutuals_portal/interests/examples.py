"""Example interests of officials, for the embedded database only."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from accounts.models import Interest, Organisation, Tie, User
from activity import clock
from mutuals_portal.interests import actions

# Whose, in which body, what it is, and how many days ago it ended, if it did. No example proposal
# is of their staff, so that the cases of the examples stay open to them.
DECLARED = (
    ("reviewer", "eden-district-council", Tie.WORK, 200),
    ("reviewer", "university-hospitals-of-leicester", Tie.PEOPLE, None),
    ("decision_maker", "nottinghamshire-healthcare", Tie.ADVICE, None),
)


def load(people: Mapping[str, User]) -> None:
    """Make the example interests; a second time changes nothing."""
    for key, slug, tie, ended in DECLARED:
        body = Organisation.objects.get(slug=slug)
        user = people[key]
        if Interest.objects.filter(user=user, organisation=body).exists():
            continue
        actions.declare(organisation=body, tie=tie, starts_on=None, by=user)
        if ended is not None:
            interest = Interest.objects.get(user=user, organisation=body)
            day = clock.today() - datetime.timedelta(days=ended)
            actions.end(interest=interest, ends_on=day, by=user)
