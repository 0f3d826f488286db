"""What an official declares before a case opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, Q, Subquery, When

from accounts.models import Interest, User
from activity import clock

if TYPE_CHECKING:
    from proposals.draft.models.proposal import Proposal


class ConflictDeclarationQuerySet(models.QuerySet["ConflictDeclaration"]):
    """Reads of declarations."""

    def word_of(self, user: User, proposal: Proposal) -> bool | None:
        """Whether this person has a conflict in this proposal; None if they never said.

        An interest in its employer is one, whatever they said of this proposal.
        """
        declared = self.filter(user=user, proposal=proposal).values("is_conflict")
        tied = Interest.objects.touching(proposal.employer_id, clock.today()).filter(user=user)
        said = User.objects.filter(pk=user.pk).values_list(
            Case(When(Exists(tied), then=True), default=Subquery(declared)), flat=True
        )
        found: bool | None = said.get()
        return found


class ConflictDeclaration(models.Model):
    """One official's word on one proposal: a conflict of interest, or none.

    A conflict closes the proposal to that person everywhere. It may be declared later too, and
    is not taken back by the person who declared it.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="declarations"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    is_conflict = models.BooleanField()
    declared_at = models.DateTimeField(default=clock.now)

    objects = ConflictDeclarationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "proposal"], name="conflict_declared_once_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{'conflict' if self.is_conflict else 'no conflict'} on {self.proposal_id}"


def barred_from(proposal: Proposal) -> Q:
    """The people to whom a proposal is closed by what they declared: on it, or of its employer."""
    declared = ConflictDeclaration.objects.filter(proposal=proposal, is_conflict=True)
    tied = Interest.objects.touching(proposal.employer_id, clock.today())
    return Q(pk__in=declared.values("user")) | Q(pk__in=tied.values("user"))
