"""Officials who may read a case, and those who do: known to every part that tells them something."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from accounts.models import Interest, Role, User
from accounts.people import holders
from activity import clock
from proposals.draft.models import ConflictDeclaration, Member, Proposal, barred_from
from proposals.draft.models.proposal import OFFICIALS, ProposalQuerySet


def free(proposal: Proposal, *roles: Role) -> QuerySet[User]:
    """Everybody who may open the case: holds a role today, has no conflict, not in the team.

    roles: one of which they hold; any of an official's where none is named.
    """
    today = clock.today()
    holding = reduce(or_, (holders(role, today) for role in roles or OFFICIALS))
    members = Member.objects.current().filter(proposal=proposal)
    return holding.exclude(barred_from(proposal)).exclude(pk__in=members.values("user"))


def officials(proposal: Proposal) -> QuerySet[User]:
    """Everybody who reads the case: may open it, and declared no conflict."""
    declared = ConflictDeclaration.objects.filter(proposal=proposal, is_conflict=False)
    return free(proposal).filter(pk__in=declared.values("user"))


def with_those_barred(cases: ProposalQuerySet) -> ProposalQuerySet:
    """Cases with the keys of everybody whom `free` leaves out, for `barred`: many in one query."""
    declared = ConflictDeclaration.objects.filter(proposal=OuterRef("pk"), is_conflict=True)
    tied = Interest.objects.touching(OuterRef(OuterRef("employer_id")), clock.today())
    members = Member.objects.current().filter(proposal=OuterRef("pk"))
    return cases.annotate(
        barred_declared=ArraySubquery(declared.values("user")),
        barred_tied=ArraySubquery(tied.values("user")),
        barred_members=ArraySubquery(members.values("user")),
    )


def barred(case: Proposal) -> frozenset[int]:
    """The keys of everybody to whom a case is closed, read `with_those_barred`."""
    names = ("barred_declared", "barred_tied", "barred_members")
    return frozenset(pk for name in names for pk in getattr(case, name))
