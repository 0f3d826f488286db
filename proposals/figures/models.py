"""What the figures are made of: how long each case stood where, and the counts of that."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity.figures.models import ReckoningModel
from proposals.draft.models import Proposal, Status
from proposals.draft.models.proposal import BEING_DECIDED, ENDED, Sector


class Stage(models.TextChoices):
    """Where a case stands as everybody may know it: what happens before a letter is one stage."""

    SUBMITTED = "submitted", _("Waits for a reviewer")
    ASSESSING = "assessing", _("Being assessed")
    CHANGES_REQUESTED = "changes-requested", _("With the team")
    BEING_DECIDED = "being-decided", _("Being decided")


def stage_of(status: str) -> str:
    """The stage of a status; "" for one that is with no official."""
    return Stage.BEING_DECIDED if status in BEING_DECIDED else status if status in Stage else ""


class Stretch(models.Model):
    """A case in one stage, from one day to another, as its events tell; open while until_on is None.

    submitted_on: the day of the last time that the case was submitted. days: working days after
    since_on, up to until_on. then: the stage or status that it went to. decision_days: working days
    after submitted_on, where it went to a decision, else None.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="stretches")
    stage = models.CharField(max_length=24, choices=Stage)
    submitted_on = models.DateField()
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    days = models.PositiveIntegerField(null=True)
    then = models.CharField(max_length=24, blank=True)
    decision_days = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stretch_stage_is_known", condition=Q(stage__in=Stage.values)
            ),
            models.CheckConstraint(
                name="stretch_then_is_known",
                condition=Q(then__in=["", Status.DRAFT, *Stage.values, *ENDED]),
            ),
            models.CheckConstraint(
                name="stretch_ended_with_its_days",
                condition=Q(until_on=None, days=None, then="", decision_days=None)
                | (Q(until_on__isnull=False, days__isnull=False) & ~Q(then="")),
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(until_on=None), name="stretch_open_once_a_proposal"
            ),
        ]
        indexes = [
            models.Index(
                fields=["until_on"], name="stretch_ended", condition=Q(until_on__isnull=False)
            ),
            models.Index(
                fields=["stage", "since_on"], name="stretch_open", condition=Q(until_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} of {self.proposal_id}"


class Measure(models.TextChoices):
    """What a figure counts, by the month in which it happened; of open cases, as they stand now."""

    OPEN = "open", _("Open cases by stage and age")
    TOOK = "took", _("Stretches that ended, by stage and working days")
    OUTCOME = "outcome", _("Cases that ended, by outcome")
    REASON = "reason", _("Reasons of rejections, by code")


class Cut(models.IntegerChoices):
    """Which cases a figure is of. The values are those of GROUPING(department, sector)."""

    OF_BOTH = 0, _("Of one sector of one department")
    OF_DEPARTMENT = 1, _("Of one department")
    OF_SECTOR = 2, _("Of one sector")
    OF_ALL = 3, _("Of all")


class Figure(models.Model):
    """So many of one kind: a row of a summary, exact, and shown to nobody as it is.

    key: a stage, an outcome's status, a reason's code, or DECISION for the whole way to a decision.
    month: its first day; None for open cases. department: None also for those that answer to none.
    days: working days; of open cases the place of their age in BANDS; 0 where nothing took time.
    """

    DECISION = "decision"

    measure = models.CharField(max_length=8, choices=Measure)
    cut = models.PositiveSmallIntegerField(choices=Cut)
    department = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sector = models.CharField(max_length=24, choices=Sector, blank=True)
    month = models.DateField(null=True)
    key = models.CharField(max_length=24)
    days = models.PositiveIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cut", "department", "sector", "measure", "month", "key", "days"],
                name="figure_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["month"], name="figure_of_a_month")]

    def __str__(self) -> str:
        return f"{self.measure} {self.key} of {self.month}"


class Reckoning(ReckoningModel):
    """That the figures of cases were reckoned on a day."""
