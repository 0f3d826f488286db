"""What an adviser says of their own work: what they know, how much they hold, whether they are in."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advice.intake.models.line import TopicGroup


class AdviserProfile(models.Model):
    """How an adviser takes enquiries. Without a row: everything, as many as the line allows, on duty.

    skills: the groups of topics they take; none means all. most: how many wait for their word at
    once, if fewer than the line allows.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="adviser_profile"
    )
    skills = models.ManyToManyField(TopicGroup, blank=True, related_name="+")
    most = models.PositiveSmallIntegerField(
        _("most enquiries at once"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    on_duty = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="adviser_profile_holds_something", condition=Q(most=None) | Q(most__gte=1)
            )
        ]

    def __str__(self) -> str:
        return f"profile of {self.user_id}"
