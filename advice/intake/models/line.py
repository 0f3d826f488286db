"""The facts of the advice line: what is asked about, and what the line promises."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, OrganisationKind
from activity.dates import time_in_words


class Level(models.TextChoices):
    """How much work an answer is, and so how long it may take."""

    SIMPLE = "simple", _("Simple")
    SPECIALIST = "specialist", _("Specialist")
    COMPLEX = "complex", _("Complex")


class TopicGroup(models.Model):
    """Topics that one skill covers, like pensions and terms, or money."""

    code = models.CharField(max_length=3, unique=True)
    title = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title


class GoesTo(models.TextChoices):
    """Whom a topic goes to before any provider's turn. Source: domain guide 5.3, steps 1 to 3."""

    LEADS = "leads", _("A lead of the advice line, at once")
    PROGRAMME = "programme", _("The programme team")
    DEPARTMENT = "department", _("The department of the employer, if it answers")


class Topic(models.Model):
    """What a question is about, and which provider leads on it (None: any of them).

    level: how long an answer to a new question of it may take.
    """

    code = models.CharField(max_length=8, unique=True)
    group = models.ForeignKey(TopicGroup, on_delete=models.PROTECT, related_name="topics")
    goes_to = models.CharField(max_length=12, choices=GoesTo, blank=True)
    title = models.CharField(max_length=100)
    lead = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_topics",
        limit_choices_to={"kind": OrganisationKind.ADVICE_PROVIDER},
    )
    level = models.CharField(max_length=12, choices=Level, default=Level.SIMPLE)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                name="topic_level_is_one_of_ours", condition=Q(level__in=Level.values)
            )
        ]

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
    simple_working_days = models.PositiveSmallIntegerField(
        _("working days to a simple answer"), default=5, validators=[MinValueValidator(1)]
    )
    specialist_working_days = models.PositiveSmallIntegerField(
        _("working days to the answer of a specialist"),
        default=10,
        validators=[MinValueValidator(1)],
    )
    complex_working_days = models.PositiveSmallIntegerField(
        _("working days to a complex answer"), default=20, validators=[MinValueValidator(1)]
    )
    still_late_working_days = models.PositiveSmallIntegerField(
        _("working days late until leads are warned again"),
        default=5,
        validators=[MinValueValidator(1)],
    )
    # Besides weekends and bank holidays. It may grow while enquiries run: their clocks follow.
    closed_on = ArrayField(
        models.DateField(),
        default=list,
        blank=True,
        verbose_name=_("days on which the line is closed"),
        help_text=_(
            "Year, month and day with hyphens; commas between the days. The clocks of what runs follow."
        ),
    )
    wait_working_days = models.PositiveSmallIntegerField(
        _("working days we wait for an enquirer"), default=20, validators=[MinValueValidator(1)]
    )
    remind_working_days = models.PositiveSmallIntegerField(
        _("working days until we remind an enquirer we wait for"),
        default=10,
        validators=[MinValueValidator(1)],
    )
    settle_working_days = models.PositiveSmallIntegerField(
        _("working days until an answer that nobody wrote back to is closed"),
        default=10,
        validators=[MinValueValidator(1)],
    )
    reopen_working_days = models.PositiveSmallIntegerField(
        _("working days after an answer in which writing again goes on with it"),
        default=20,
        validators=[MinValueValidator(1)],
    )
    enquiries_each = models.PositiveSmallIntegerField(
        _("most enquiries an adviser holds at once"), default=8
    )
    pick_up_working_days = models.PositiveSmallIntegerField(
        _("working days until another provider is asked"),
        default=1,
        validators=[MinValueValidator(1)],
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
            models.CheckConstraint(
                name="advice_policy_answers_after_it_replies",
                condition=Q(
                    first_reply_working_days__lte=F("simple_working_days"),
                    simple_working_days__lte=F("specialist_working_days"),
                    specialist_working_days__lte=F("complex_working_days"),
                    still_late_working_days__gte=1,
                ),
            ),
            models.CheckConstraint(
                name="advice_policy_reminds_before_it_ends",
                condition=Q(
                    remind_working_days__gte=1,
                    wait_working_days__gt=F("remind_working_days"),
                    settle_working_days__gte=1,
                    reopen_working_days__gte=F("settle_working_days"),
                ),
            ),
            models.CheckConstraint(
                name="advice_policy_gives_a_day_to_pick_up",
                condition=Q(pick_up_working_days__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"from {self.starts_on}"

    def answer_working_days(self, level: str) -> int:
        """The working days that an answer of this level may take."""
        days: int = getattr(self, f"{Level(level).value}_working_days")
        return days

    @property
    def opens_words(self) -> str:
        """9am."""
        return time_in_words(self.opens_at)

    @property
    def closes_words(self) -> str:
        """5:30pm."""
        return time_in_words(self.closes_at)
