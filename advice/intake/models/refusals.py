"""The providers to which an enquiry does not go any more."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity import clock
from advice.intake.models.enquiry import Enquiry


class Refusal(models.TextChoices):
    """Why a provider does not answer an enquiry. The last is said by the job alone."""

    CONFLICT = "conflict", _("We have an interest in who they work for")
    NO_SKILL = "no-skill", _("Nobody here knows enough about it")
    NO_TIME = "no-time", _("Nobody here has the time before it is due")
    NOT_OURS = "not-ours", _("It is for another provider")
    OTHER = "other", _("Something else, in the words below")
    LATE = "late", _("It was not picked up in time")


class Exclusion(models.Model):
    """That a provider does not get an enquiry again: it refused it, or let it lie (LATE)."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="exclusions")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=Refusal)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "provider"], name="exclusion_of_a_provider_once"
            ),
            models.CheckConstraint(
                name="exclusion_for_a_reason_of_ours", condition=models.Q(reason__in=Refusal.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} not to {self.provider_id}: {self.reason}"
