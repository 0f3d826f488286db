"""Officials who may read a case, and those who do: known to every part that tells them something."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Role, User
from accounts.people import holders
from activity import clock
from proposals.draft.models import ConflictDeclaration, Member, Proposal, barred_from


def free(proposal: Proposal) -> QuerySet[User]:
    """Everybody who may open the case: holds a role today, has no conflict, not in the team."""
    today = clock.today()
    holding = holders(Role.REVIEWER, today) | holders(Role.DECISION_MAKER, today)
    members = Member.objects.current().filter(proposal=proposal)
    return holding.exclude(barred_from(proposal)).exclude(pk__in=members.values("user"))


def officials(proposal: Proposal) -> QuerySet[User]:
    """Everybody who reads the case: may open it, and declared no conflict."""
    declared = ConflictDeclaration.objects.filter(proposal=proposal, is_conflict=False)
    return free(proposal).filter(pk__in=declared.values("user"))
