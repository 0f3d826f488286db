"""The scheme: the rules that a proposal is judged by, as dated data."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SchemeVersionQuerySet(models.QuerySet["SchemeVersion"]):
    """Reads of the versions of the scheme."""

    def in_force(self, on: datetime.date) -> SchemeVersion:
        """The version that a proposal submitted on that date is judged by."""
        return self.filter(starts_on__lte=on).latest("starts_on")


class SchemeVersion(models.Model):
    """One version of the rules. Once a proposal was frozen under it, it does not change.

    discount_rate: a part of one a year. decision_days: working days from receipt to decision.
    appeal_days: working days from the letter to the last day for an appeal. employer_days: working
    days from the mail to an employer's official to the day by which they are to answer.
    employer_remind_days, employer_remind_again_days: after how many of these they are reminded; the
    last time on the day itself. employer_department_days, employer_cabinet_office_days: after how
    many the lead of its department, and the Cabinet Office, take up its silence.
    employer_named_days: working days for whoever that lead has answer. warn_after_days, warn_again_after_days, lapse_after_days: days
    without a touch of the team until it is warned, warned again, and its proposal lapses.
    ballot_turnout, ballot_share: per cent of staff who must vote, and of the valid votes that must be
    passed by those for. ballot_again_months: from a vote that said no to the next.
    ballot_least_roll: the fewest who may vote. ballot_least_group: no number of a group below it is
    told. ballot_least_days: the fewest days for which a vote is open. exempt_years: the most years
    until an exemption is looked at again. release_days: the most days for which a letter waits.
    """

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    starts_on = models.DateField(_("in force from"), unique=True)
    discount_rate = models.DecimalField(
        _("yearly discount rate"),
        max_digits=5,
        decimal_places=4,
        default=Decimal("0.0350"),
        validators=[MinValueValidator(0), MaxValueValidator(Decimal("0.9999"))],
    )
    decision_days = models.PositiveSmallIntegerField(_("working days to decide"), default=40)
    appeal_days = models.PositiveSmallIntegerField(_("working days to appeal"), default=20)
    employer_days = models.PositiveSmallIntegerField(
        _("working days for an employer to answer"), default=20
    )
    employer_remind_days = models.PositiveSmallIntegerField(
        _("working days until an employer is reminded"), default=10
    )
    employer_remind_again_days = models.PositiveSmallIntegerField(
        _("working days until it is reminded again"), default=18
    )
    employer_department_days = models.PositiveSmallIntegerField(
        _("working days until its department is asked"), default=21
    )
    employer_cabinet_office_days = models.PositiveSmallIntegerField(
        _("working days until its silence comes to the Cabinet Office"), default=31
    )
    employer_named_days = models.PositiveSmallIntegerField(
        _("working days for whoever its department has answer"), default=10
    )
    again_months = models.PositiveSmallIntegerField(_("months before trying again"), default=6)
    warn_after_days = models.PositiveSmallIntegerField(_("quiet days to a warning"), default=150)
    warn_again_after_days = models.PositiveSmallIntegerField(
        _("quiet days to a second warning"), default=166
    )
    lapse_after_days = models.PositiveSmallIntegerField(_("quiet days to the lapse"), default=180)
    ballot_turnout = models.PositiveSmallIntegerField(_("per cent who must vote"), default=50)
    ballot_share = models.PositiveSmallIntegerField(
        _("per cent of valid votes that must be passed"), default=50
    )
    ballot_again_months = models.PositiveSmallIntegerField(
        _("months from a vote that said no to the next"), default=3
    )
    ballot_least_roll = models.PositiveSmallIntegerField(_("fewest who may vote"), default=10)
    ballot_least_group = models.PositiveSmallIntegerField(
        _("smallest number told of a group"), default=10
    )
    ballot_least_days = models.PositiveSmallIntegerField(
        _("fewest days for which a vote is open"), default=10
    )
    exempt_years = models.PositiveSmallIntegerField(
        _("most years until an exemption is looked at again"), default=3
    )
    release_days = models.PositiveSmallIntegerField(
        _("most days for which a letter waits"), default=60
    )

    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme version")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="scheme_rate_is_a_part_of_one",
                condition=Q(discount_rate__gte=0, discount_rate__lt=1),
            ),
            models.CheckConstraint(
                name="scheme_clocks_run",
                condition=Q(decision_days__gte=1, appeal_days__gte=1),
            ),
            models.CheckConstraint(
                name="scheme_gives_an_employer_time", condition=Q(employer_days__gte=1)
            ),
            models.CheckConstraint(
                name="scheme_looks_at_exemptions_again", condition=Q(exempt_years__gte=1)
            ),
            models.CheckConstraint(
                name="scheme_lets_letters_wait", condition=Q(release_days__gte=1)
            ),
            models.CheckConstraint(
                name="scheme_reminds_an_employer_twice",
                condition=Q(
                    employer_remind_days__gte=1,
                    employer_remind_again_days__gt=F("employer_remind_days"),
                ),
            ),
            models.CheckConstraint(
                name="scheme_takes_silence_up_after_its_day",
                condition=Q(
                    employer_department_days__gt=F("employer_days"),
                    employer_cabinet_office_days__gt=F("employer_department_days"),
                    employer_named_days__gte=1,
                ),
            ),
            models.CheckConstraint(
                name="scheme_warns_twice_before_a_lapse",
                condition=Q(
                    warn_after_days__gte=1,
                    warn_again_after_days__gt=F("warn_after_days"),
                    lapse_after_days__gt=F("warn_again_after_days"),
                ),
            ),
            models.CheckConstraint(
                name="scheme_votes_can_be_won_and_tell_on_nobody",
                condition=Q(
                    ballot_turnout__lte=100,
                    ballot_share__lt=100,
                    ballot_least_roll__gte=2,
                    ballot_least_group__gte=2,
                    ballot_least_days__gte=1,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"scheme version {self.number}"


class ScopeRuleQuerySet(models.QuerySet["ScopeRule"]):
    """Reads of the rules on what is covered."""

    def in_force(self, on: datetime.date) -> dict[str, ScopeRule]:
        """The rules of the scheme in force on that date, by their code, in one query."""
        schemes = SchemeVersion.objects.filter(starts_on__lte=on).order_by("-starts_on")
        return {rule.code: rule for rule in self.filter(scheme=schemes.values("pk")[:1])}

    def of_scheme(self, scheme: SchemeVersion) -> dict[str, ScopeRule]:
        """The rules of one scheme in the language of the portal, by their code."""
        found = self.filter(scheme=scheme, language=settings.LANGUAGE_CODE)
        return {rule.code: rule for rule in found}


class ScopeRule(models.Model):
    """A rule on what the right covers, in our words, with the source that it is taken from.

    dated_on: when the source was published. language: of the texts. exempts: whether a service can
    be found exempt by it.
    """

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="scope_rules")
    code = models.CharField(_("code"), max_length=12)
    language = models.CharField(_("language"), max_length=8, default="en-gb")
    wording = models.TextField(_("wording"))
    source = models.CharField(_("source"), max_length=200)
    dated_on = models.DateField(_("published on"))
    exempts = models.BooleanField(_("a service can be found exempt by it"), default=False)

    objects = ScopeRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule on what is covered")
        verbose_name_plural = _("rules on what is covered")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code", "language"], name="scope_rule_once_a_scheme"
            )
        ]

    def __str__(self) -> str:
        return self.code


class ReasonCode(models.Model):
    """A ground on which a proposal may be refused, in words for the letter.

    evidence: what a decision that rests on it must attach. language: of both texts.
    """

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="reasons")
    code = models.CharField(_("code"), max_length=8)
    language = models.CharField(_("language"), max_length=8, default="en-gb")
    wording = models.CharField(_("wording"), max_length=200)
    evidence = models.CharField(_("evidence to attach"), max_length=200)

    class Meta:
        verbose_name = _("reason code")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code", "language"], name="reason_code_once_a_scheme"
            )
        ]

    def __str__(self) -> str:
        return self.code


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Reads of what is declared."""

    def in_force(self, on: datetime.date) -> DeclarationQuerySet:
        """The declaration of the scheme in force on that date, in its order."""
        schemes = SchemeVersion.objects.filter(starts_on__lte=on).order_by("-starts_on")
        return self.filter(scheme=schemes.values("pk")[:1])


class Declaration(models.Model):
    """One part of what each signer declares under a version of the scheme, in order; never changed.

    Other wording is another version of the scheme. language: of the wording.
    """

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="declarations")
    key = models.CharField(max_length=16)
    position = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8, default="en-gb")
    wording = models.CharField(max_length=300)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "key", "language"], name="declaration_once_a_scheme"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="declaration_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.key
