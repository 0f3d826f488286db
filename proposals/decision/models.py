"""The chain of a decision, each link made by another person, all of it pointing at a version."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from activity import clock
from proposals.draft.models import GateCode, ReasonCode, Status, Version
from proposals.employer.models import Heard


class Outcome(models.TextChoices):
    """Which way it goes. The values are the statuses that a release leads to."""

    APPROVED = "approved", _("Approve")
    APPROVED_WITH_CONDITIONS = "approved-with-conditions", _("Approve with conditions")
    REJECTED = "rejected", _("Reject")


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Reads of recommendations."""

    def standing(self) -> RecommendationQuerySet:
        """Those not sent back; a proposal has at most one."""
        return self.filter(sent_back_at=None)


class Recommendation(models.Model):
    """What a reviewer advises on a version, and the second person's answer to it.

    good: what was good about the proposal, in words for the letter. heard: whether its employer had
    answered about that version, then.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.PROTECT, related_name="recommendations"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=24, choices=Outcome)
    good = models.TextField()
    heard = models.CharField(max_length=8, choices=Heard)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    countersigned_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_back_at = models.DateTimeField(null=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(sent_back_at=None),
                name="recommendation_one_standing",
            ),
            models.CheckConstraint(
                name="recommendation_outcome_is_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="recommendation_heard_is_known", condition=Q(heard__in=Heard.values)
            ),
            models.CheckConstraint(
                name="recommendation_countersigned_by_another",
                condition=Q(countersigned_by=None, countersigned_at=None)
                | Q(countersigned_by__isnull=False, countersigned_at__isnull=False)
                & ~Q(countersigned_by=F("by")),
            ),
            models.CheckConstraint(
                name="recommendation_sent_back_by_another",
                condition=Q(sent_back_by=None, sent_back_at=None)
                | Q(sent_back_by__isnull=False, sent_back_at__isnull=False)
                & ~Q(sent_back_by=F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation on {self.proposal_id}"

    def grounds(self) -> models.QuerySet[Reason]:
        """Its reasons with their codes, for a page that lists them."""
        return self.reasons.select_related("code")


class Reason(models.Model):
    """One ground of a refusal: the code, its evidence, and what would change the answer."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="reasons"
    )
    code = models.ForeignKey(ReasonCode, on_delete=models.PROTECT, related_name="+")
    evidence = models.TextField()
    remedy = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "code"], name="reason_once_a_recommendation"
            )
        ]

    def __str__(self) -> str:
        return f"reason of {self.recommendation_id}"


class Condition(models.Model):
    """Something that must come true by a date for an approval to hold.

    gate: the letter of the one that it is to cure, or "".
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="conditions"
    )
    text = models.TextField()
    owner = models.CharField(max_length=100)
    due_on = models.DateField()
    evidence = models.TextField()
    gate = models.CharField(max_length=1, choices=GateCode, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="condition_gate_is_known", condition=Q(gate__in=["", *GateCode.values])
            )
        ]

    def __str__(self) -> str:
        return f"condition of {self.recommendation_id}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Reads of decisions."""

    def standing(self) -> DecisionQuerySet:
        """Those not recalled; a proposal has at most one."""
        return self.filter(recalled_at=None)

    def released(self) -> DecisionQuerySet:
        """Those whose letter has gone out."""
        return self.filter(released_at__isnull=False)

    def with_open_recall(self) -> DecisionQuerySet:
        """Each with its `open_recall`, if somebody asks to take it back; at most one is open."""
        is_open = Q(recalls__confirmed_at=None, recalls__refused_at=None)
        found = self.annotate(open_recall=FilteredRelation("recalls", condition=is_open))
        return found.select_related("open_recall")  # type: ignore[misc]  # a relation of ours

    def to_go(self, today: datetime.date) -> DecisionQuerySet:
        """Those whose letter was ordered for a day that has come, and has not gone out."""
        waiting = self.standing().filter(proposal__status=Status.DECIDED)
        return waiting.filter(released_at=None, release_on__lte=today)


class Decision(models.Model):
    """The third person's decision, hidden outside until its letter is released.

    release_on: the day on which its letter goes out by itself, as somebody ordered. appeal_by: the
    last day for an appeal, worked out at release.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.PROTECT, related_name="decisions"
    )
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="decisions"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    recalled_at = models.DateTimeField(null=True)
    release_on = models.DateField(null=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ordered_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    appeal_by = models.DateField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(recalled_at=None), name="decision_one_standing"
            ),
            models.CheckConstraint(
                name="decision_released_with_its_dates",
                condition=Q(released_at=None, released_by=None, appeal_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False, appeal_by__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_ordered_by_somebody_for_a_day",
                condition=Q(release_on=None, ordered_by=None, ordered_at=None)
                | Q(release_on__isnull=False, ordered_by__isnull=False, ordered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_released_is_not_recalled",
                condition=Q(released_at=None) | Q(recalled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"decision on {self.proposal_id}"


class Deferral(models.Model):
    """That a decision was put off, which happens once a proposal: the team was asked for more.

    What was asked are requests of the proposal; the recommendation stands no longer.
    """

    proposal = models.OneToOneField(
        "proposals.Proposal", on_delete=models.PROTECT, related_name="deferral"
    )
    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.PROTECT, related_name="deferral"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"deferral of {self.proposal_id}"


class RecallQuerySet(models.QuerySet["Recall"]):
    """Reads of requests to take a decision back."""

    def open(self) -> RecallQuerySet:
        """Those that nobody has answered; a decision has at most one."""
        return self.filter(confirmed_at=None, refused_at=None)


class Recall(models.Model):
    """One decision maker asks to take a decision back before its letter goes; a second answers.

    The second agrees, which takes it back, or refuses, and the letter may go. A refused request
    stays, and another one may be made.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="recalls")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=clock.now)
    reason = models.TextField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(null=True)

    objects = RecallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recall_confirmed_by_another",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="recall_refused_by_another",
                condition=Q(refused_by=None, refused_at=None)
                | Q(refused_by__isnull=False, refused_at__isnull=False)
                & ~Q(refused_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="recall_answered_once",
                condition=Q(confirmed_at=None) | Q(refused_at=None),
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(confirmed_at=None, refused_at=None),
                name="recall_open_once_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"recall of {self.decision_id}"
