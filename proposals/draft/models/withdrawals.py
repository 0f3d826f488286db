"""Why a team stopped its proposal."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity import clock


class WithdrawalReason(models.TextChoices):
    """Why a team stops, as its lead says."""

    TEAM = "team", _("Too few of us can go on with it")
    STAFF = "staff", _("Too few colleagues want it")
    MONEY = "money", _("The figures do not work out")
    EMPLOYER = "employer", _("We agreed on another way with our employer")
    SERVICE = "service", _("The service ends, or changes too much")
    ANOTHER = "another", _("We start again with another proposal")
    OTHER = "other", _("Another reason")
    NOT_SAID = "not-said", _("We would rather not say")


class Withdrawal(models.Model):
    """Why a proposal was stopped, and by whom: read by officials of the case, if it was submitted.

    words: what the lead adds; they may name people, so they stand in no event.
    """

    proposal = models.OneToOneField(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="withdrawal"
    )
    reason = models.CharField(max_length=8, choices=WithdrawalReason)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="withdrawal_reason_is_known", condition=Q(reason__in=WithdrawalReason.values)
            )
        ]

    def __str__(self) -> str:
        return f"withdrawal of {self.proposal_id}"
