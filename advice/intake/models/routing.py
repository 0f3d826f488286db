"""By what a question finds its provider: rules and shares, each from a date to a date."""

from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import DateRange, Nation, Organisation, OrganisationKind
from advice.intake.models.dated import Dated, DatedQuerySet
from advice.intake.models.enquiry import Sector
from advice.intake.models.line import Topic, TopicGroup

A_PROVIDER = {"kind": OrganisationKind.ADVICE_PROVIDER}


class RoutingRule(Dated):
    """A rule that wins over who leads on a topic. Empty conditions hold of every question.

    Of several that fit, the first by position counts. Source: domain guide 5.3, step 5.
    """

    position = models.PositiveSmallIntegerField(default=0)
    group = models.ForeignKey(
        TopicGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sector = models.CharField(max_length=16, choices=Sector, blank=True)
    nation = models.CharField(max_length=16, choices=Nation, blank=True)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", limit_choices_to=A_PROVIDER
    )

    objects = DatedQuerySet["RoutingRule"].as_manager()

    class Meta(Dated.Meta):
        ordering = ["position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="routing_rule_asks_something",
                condition=~Q(group=None, topic=None, sector="", nation=""),
            ),
            models.CheckConstraint(
                name="routing_rule_of_a_group_or_of_a_topic",
                condition=Q(group=None) | Q(topic=None),
            ),
        ]

    def __str__(self) -> str:
        return f"rule {self.position} from {self.starts_on}"

    def fits(self, topic: Topic | None, sector: str, nation: str) -> bool:
        """Whether a question with these facts is meant; "" is not known."""
        return (
            (self.group_id is None or (topic is not None and topic.group_id == self.group_id))
            and (self.topic_id is None or (topic is not None and topic.pk == self.topic_id))
            and self.sector in ("", sector)
            and self.nation in ("", nation)
        )


class Share(Dated):
    """What part a provider gets of the questions that no provider leads on.

    group: of one group of topics, which wins; None: of all others. weight: 2 gets twice of 1.
    daily_cap: most a day, or None. given: how many it got; given_on, given_that_day: for the cap.
    """

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", limit_choices_to=A_PROVIDER
    )
    group = models.ForeignKey(
        TopicGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    weight = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    daily_cap = models.PositiveSmallIntegerField(
        _("most a day"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    given = models.PositiveIntegerField(default=0, editable=False)
    given_on = models.DateField(null=True, editable=False)
    given_that_day = models.PositiveIntegerField(default=0, editable=False)

    objects = DatedQuerySet["Share"].as_manager()

    class Meta(Dated.Meta):
        ordering = ["pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="share_weighs_something", condition=Q(weight__gte=1)),
            ExclusionConstraint(
                name="share_one_at_a_time",
                expressions=[
                    ("provider", RangeOperators.EQUAL),
                    (Coalesce("group", 0), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"share of {self.provider} from {self.starts_on}"

    def is_full(self, on: datetime.date) -> bool:
        """Whether it got as many on that day as it may."""
        today = self.given_that_day if self.given_on == on else 0
        return self.daily_cap is not None and today >= self.daily_cap
