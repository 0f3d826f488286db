"""What ties a provider to a body whose staff it then does not advise."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import Interest, Organisation, OrganisationKind, User
from accounts.models.interests import LineOf
from activity import clock
from advice.intake.models.dated import Dated, DatedQuerySet
from advice.intake.people import providers_of


class ProviderInterestQuerySet(DatedQuerySet["ProviderInterest"]):
    """Reads of what ties providers to bodies."""

    def bodies_closed_to(
        self, providers: Iterable[int], on: datetime.date
    ) -> models.QuerySet[ProviderInterest, int]:
        """The ids of bodies whose staff these providers do not advise, for a subquery."""
        tied = self.in_force(on).filter(provider__in=providers)
        return tied.annotate(body=LineOf("organisation_id")).values_list("body", flat=True)

    def touching(self, organisation_id: Any, on: datetime.date) -> ProviderInterestQuerySet:
        """Those of any provider that keep it from the staff of a body on that date."""
        line = Organisation.objects.filter(pk=organisation_id).annotate(body=LineOf("pk"))
        return self.in_force(on).filter(organisation__in=line.values("body"))


class ProviderInterest(Dated):
    """That a provider works for a body: it does not advise that body's staff meanwhile."""

    provider = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": OrganisationKind.ADVICE_PROVIDER},
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects = ProviderInterestQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.provider} works for {self.organisation}"


def closed_to(user: User) -> Q:
    """Enquiries of the staff of bodies in which somebody, or a provider of theirs, has an interest.

    Each half is one subquery that runs once, so a queue costs no more than without.
    """
    today, mine = clock.today(), [provider.pk for provider in providers_of(user)]
    declared = Interest.objects.bodies_closed_to(user, today)
    tied = ProviderInterest.objects.bodies_closed_to(mine, today)
    return Q(contact__employer__in=declared) | Q(contact__employer__in=tied)
