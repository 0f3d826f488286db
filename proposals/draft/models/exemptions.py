"""That a service is in an area which the right does not cover now."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from activity import clock
from activity.actors import Actor
from proposals.draft.models.proposal import Proposal, Sector, Status
from proposals.draft.models.schemes import ScopeRule
from proposals.draft.models.versions import Version


class Area(models.TextChoices):
    """An area that may be exempt. The list stays open. Source: domain guide 3.1, question S10."""

    DEFENCE = "defence", _("Defence")
    SECURITY = "security", _("National security")
    INTELLIGENCE = "intelligence", _("Intelligence")
    POLICING = "policing", _("Policing powers")
    BY_LAW = "by-law", _("Work that only a public official may do by law")
    OTHER = "other", _("Another area, which the reason names")


# An exemption is looked at again from so long before its day.
NEAR = datetime.timedelta(days=90)


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    """Reads of exemptions."""

    def open(self) -> ExemptionQuerySet:
        """Those that are proposed and not answered; a proposal has at most one."""
        return self.filter(confirmed_at=None, refused_at=None, overtaken_at=None)

    def to_answer(self, user: User) -> ExemptionQuerySet:
        """Those that are open and that this person did not propose."""
        return self.open().exclude(asked_by=user)

    def confirmed(self) -> ExemptionQuerySet:
        """Those that a second person confirmed."""
        return self.filter(confirmed_at__isnull=False)

    def standing(self) -> ExemptionQuerySet:
        """Those by which a service is exempt now: the public record."""
        return self.confirmed().filter(proposal__status=Status.EXEMPT)

    def of_officials(self, actor: Actor) -> ExemptionQuerySet:
        """Those that stand, of the cases that a reviewer or decision maker may open."""
        return self.standing().filter(proposal__in=Proposal.objects.of_officials(actor))

    def near(self, today: datetime.date) -> ExemptionQuerySet:
        """Those whose day to be looked at again is near, or past."""
        return self.filter(review_on__lte=today + NEAR)


class Exemption(models.Model):
    """One decision maker proposes that a service is exempt; another official answers.

    The second person confirms, which ends the proposal, or refuses; a step that leads elsewhere
    meanwhile overtakes it, and so does whoever proposed it by taking it back. version: what was
    read. rule: the one that is cited. why: what the team reads. public_why: what everybody reads; it
    names neither staff nor employer. department, sector: by which it is recorded. review_on: when it
    is looked at the next time. appeal_by: the last day for an appeal, worked out when it is
    confirmed.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.PROTECT, related_name="exemptions"
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(ScopeRule, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=16, choices=Area)
    department = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="exemptions"
    )
    sector = models.CharField(max_length=24, choices=Sector, blank=True)
    why = models.TextField()
    public_why = models.TextField()
    review_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    appeal_by = models.DateField(null=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(null=True)
    overtaken_at = models.DateTimeField(null=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exemption_area_is_known", condition=Q(area__in=Area.values)
            ),
            models.CheckConstraint(
                name="exemption_confirmed_by_another",
                condition=Q(confirmed_by=None, confirmed_at=None, appeal_by=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, appeal_by__isnull=False)
                & ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="exemption_refused_by_another",
                condition=Q(refused_by=None, refused_at=None)
                | Q(refused_by__isnull=False, refused_at__isnull=False)
                & ~Q(refused_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="exemption_answered_once",
                condition=Q(confirmed_at=None, refused_at=None)
                | Q(confirmed_at=None, overtaken_at=None)
                | Q(refused_at=None, overtaken_at=None),
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(confirmed_at=None, refused_at=None, overtaken_at=None),
                name="exemption_open_once_a_proposal",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on", "id"],
                name="exemption_to_look_at",
                condition=Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"exemption of {self.proposal_id}"

    def is_due(self, today: datetime.date) -> bool:
        """Whether its day to be looked at again has come."""
        return self.review_on <= today
