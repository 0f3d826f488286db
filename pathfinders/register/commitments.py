"""What a proposal was approved for: its promises and the conditions, carried into the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from pathfinders.register.audiences import Reader, entries_of, is_coordinator
from pathfinders.register.models import Pathfinder


class Kind(models.TextChoices):
    """What a commitment is about."""

    MONEY = "money", _("Money")
    INDICATOR = "indicator", _("Quality")
    CONDITION = "condition", _("Condition")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Reads of what was promised."""

    def visible_to(self, reader: Reader) -> CommitmentQuerySet:
        """Those of the mutuals that somebody belongs to; all of them to coordinators.

        Officials read the same in the case that it comes from, where a conflict closes it.
        """
        if is_coordinator(reader):
            return self
        if isinstance(reader, User):
            return self.filter(pathfinder__in=entries_of(reader))
        return self.none()


class Commitment(models.Model):
    """One promise of the frozen version, or one condition of its approval; never changed.

    key: of a promise the one that it has in every version, of a condition its number. says: in a
    whole sentence. unit, direction, baseline, period, targets (year, from 1 to 5, -> figure) and
    minimum: as the version holds them, figures as text. owner, due_on, evidence: of a condition.
    version: the number of the version that was decided on.
    """

    pathfinder = models.ForeignKey(Pathfinder, on_delete=models.PROTECT, related_name="commitments")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=Kind)
    key = models.TextField()
    says = models.TextField()
    unit = models.TextField(blank=True)
    direction = models.CharField(max_length=8, blank=True)
    baseline = models.TextField(blank=True)
    period = models.TextField(blank=True)
    targets = models.JSONField(default=dict)
    minimum = models.TextField(blank=True)
    owner = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["pathfinder", "position"], name="commitment_once_a_pathfinder"
            ),
            models.CheckConstraint(
                name="commitment_condition_has_owner_day_and_evidence",
                condition=Q(kind=Kind.CONDITION, due_on__isnull=False)
                & ~Q(owner="")
                & ~Q(evidence="")
                | Q(kind__in=[Kind.MONEY, Kind.INDICATOR], due_on=None, owner="", evidence=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="commitment_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position} of {self.pathfinder}"


def carry(pathfinder: Pathfinder, found: Iterable[Mapping[str, Any]]) -> None:
    """Write down what an entry's proposal was approved for. found: columns, in their order."""
    Commitment.objects.bulk_create(
        Commitment(pathfinder=pathfinder, position=position, **columns)
        for position, columns in enumerate(found, 1)
    )


def told_to(reader: Reader, pathfinder: Pathfinder) -> list[Commitment]:
    """The commitments of an entry that somebody may read, in their order."""
    return list(Commitment.objects.visible_to(reader).filter(pathfinder=pathfinder))
