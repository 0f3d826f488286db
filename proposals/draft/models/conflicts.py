"""What an official declares before a case opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from activity import clock

if TYPE_CHECKING:
    from accounts.models import User
    from proposals.draft.models.proposal import Proposal


class ConflictDeclarationQuerySet(models.QuerySet["ConflictDeclaration"]):
    """Reads of declarations."""

    def of(self, user: User, proposal: Proposal) -> ConflictDeclaration | None:
        """What this person declared on this proposal, if anything."""
        return self.filter(user=user, proposal=proposal).first()


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
