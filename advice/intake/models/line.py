"""The facts of the advice line: what is asked about, and what the line promises."""

from __future__ import annotations

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, OrganisationKind
from activity.dates import time_in_words


class Topic(models.Model):
    """What a question is about, and which provider leads on it (None: any of them)."""

    code = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=100)
    lead = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_topics",
        limit_choices_to={"kind": OrganisationKind.ADVICE_PROVIDER},
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title


class AdvicePolicyQuerySet(models.QuerySet["AdvicePolicy"]):
    """Reads of what the line promises."""

    def in_force(self, on: datetime.date) -> AdvicePolicyQuerySet:
        """The policy of that date first."""
        return self.filter(starts_on__lte=on).order_by("-starts_on")


class AdvicePolicy(models.Model):
    """What the line promises from a date on. A change is a new row: enquiries keep theirs.

    telephone: "" until the installation has a number; no source gives one.
    """

    starts_on = models.DateField(_("in force from"), unique=True)
    telephone = models.CharField(_("telephone number of the line"), max_length=20, blank=True)
    opens_at = models.TimeField(_("opens at"), default=datetime.time(9))
    closes_at = models.TimeField(_("closes at"), default=datetime.time(17))
    first_reply_working_days = models.PositiveSmallIntegerField(
        _("working days to a first reply"), default=2, validators=[MinValueValidator(1)]
    )
    voicemail_working_days = models.PositiveSmallIntegerField(
        _("working days until a message on the voicemail is returned (0: there is no voicemail)"),
        default=1,
    )
    wait_working_days = models.PositiveSmallIntegerField(
        _("working days we wait for an enquirer"), default=20, validators=[MinValueValidator(1)]
    )
    enquiries_each = models.PositiveSmallIntegerField(
        _("most enquiries an adviser holds at once"), default=8
    )

    objects = AdvicePolicyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "advice policies"
        constraints = [
            models.CheckConstraint(
                name="advice_policy_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="advice_policy_counts_days",
                condition=Q(first_reply_working_days__gte=1, wait_working_days__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"from {self.starts_on}"

    @property
    def opens_words(self) -> str:
        """9am."""
        return time_in_words(self.opens_at)

    @property
    def closes_words(self) -> str:
        """5:30pm."""
        return time_in_words(self.closes_at)
