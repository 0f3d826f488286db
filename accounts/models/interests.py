"""The one register of interests: what ties a person to a body, and closes its cases to them."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.people import User

# Days after its end for which an interest still counts: two years, whatever leap days are in them.
COOLS_DAYS = 731


class Tie(models.TextChoices):
    """What ties a person to a body. Source: the conflicts that reviewing bodies ask about."""

    WORK = "work", _("I work there, or did in the last two years")
    PEOPLE = "people", _("A relative or close friend works there or answers for it")
    MONEY = "money", _("I, or somebody close to me, would gain or lose money by what it does")
    ADVICE = "advice", _("I have advised it, or advised staff of it on leaving")
    OTHER = "other", _("Something else that others could take for an interest")


class LineOf(Func):
    """The ids of a body, of those it succeeded and of those that succeeded it, each on a row."""

    function = "portal_line_of"
    output_field = models.BigIntegerField()
    set_returning = True


class InterestQuerySet(models.QuerySet["Interest"]):
    """Reads of the register."""

    def counting(self, on: datetime.date) -> InterestQuerySet:
        """Those that count on that date: not ended, or ended less than two years before."""
        since = on - datetime.timedelta(days=COOLS_DAYS)
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=since))

    def bodies_closed_to(self, user: User, on: datetime.date) -> models.QuerySet[Interest, int]:
        """The ids of bodies whose cases are closed to somebody on that date, for a subquery."""
        mine = self.counting(on).filter(user=user).annotate(body=LineOf("organisation_id"))
        return mine.values_list("body", flat=True)

    def touching(self, organisation_id: Any, on: datetime.date) -> InterestQuerySet:
        """Those of anybody that close the cases of a body on that date.

        organisation_id: of the body; or within a subquery, a reference to it.
        """
        line = Organisation.objects.filter(pk=organisation_id).annotate(body=LineOf("pk"))
        return self.counting(on).filter(organisation__in=line.values("body"))


class Interest(models.Model):
    """What ties a person to a body. It is ended, never deleted.

    key: for its address. starts_on: since when, as far as the person says. ends_on: the last day,
    or None while it lasts.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="interests"
    )
    tie = models.CharField(max_length=8, choices=Tie)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    declared_at = models.DateTimeField()

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="interest_tie_is_known", condition=Q(tie__in=Tie.values)),
            models.CheckConstraint(
                name="interest_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "tie"],
                name="interest_declared_once_while_it_lasts",
                condition=Q(ends_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.organisation}: {self.tie}"

    @property
    def counts_until(self) -> datetime.date | None:
        """The last day on which it counts, or None while it lasts."""
        return self.ends_on and self.ends_on + datetime.timedelta(days=COOLS_DAYS - 1)
