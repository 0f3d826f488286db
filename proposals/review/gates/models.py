"""What officials find on each gate of a case: kept row by row, and never changed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity import clock
from proposals.draft.models import GateCode, Version


class Finding(models.TextChoices):
    """Whether a proposal passes a gate."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_YET = "not-yet", _("Not yet")


class GateResultQuerySet(models.QuerySet["GateResult"]):
    """Reads of what was found."""

    def standing(self) -> GateResultQuerySet:
        """The last one of each gate, with who found it and of which version, in one query."""
        last = self.order_by("proposal", "gate", "-number").distinct("proposal", "gate")
        return last.select_related("by", "version")


class GateResult(models.Model):
    """What an official found on a gate of one version. The team never reads it.

    number: of the gate's results, from 1: the last one counts, until another version is there.
    evidence: in words; points_at: the marks of what it points at in that version (`pointing`).
    against: the keys of the facts that spoke against a yes then; despite: why it is one all the
    same. again: the result of an earlier version that this one confirms, with its evidence.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.PROTECT, related_name="gate_results"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    gate = models.CharField(max_length=1, choices=GateCode)
    number = models.PositiveIntegerField()
    found = models.CharField(max_length=7, choices=Finding)
    evidence = models.TextField()
    points_at = ArrayField(models.TextField(), default=list)
    against = ArrayField(models.TextField(), default=list)
    despite = models.TextField(blank=True)
    again = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = GateResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "gate", "number"], name="gate_result_numbered_once"
            ),
            models.CheckConstraint(
                name="gate_result_is_known",
                condition=Q(gate__in=GateCode.values, found__in=Finding.values, number__gte=1),
            ),
            models.CheckConstraint(name="gate_result_has_evidence", condition=~Q(evidence="")),
            models.CheckConstraint(
                name="gate_result_says_why_despite_the_facts",
                condition=Q(found=Finding.YES, against=[], despite="")
                | Q(found=Finding.YES) & ~Q(against=[]) & ~Q(despite="")
                | Q(found__in=[Finding.NO, Finding.NOT_YET], despite=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="gate_result_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"gate {self.gate} of {self.proposal_id}"
