"""The gates of the scheme: what must be so of a proposal, however good the rest of it is."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proposals.draft.models.schemes import SchemeVersion


class GateCode(models.TextChoices):
    """The gates of an assessment. Gate G, the list of what is ready, belongs to going live."""

    A = "A", _("Gate A")
    B = "B", _("Gate B")
    C = "C", _("Gate C")
    D = "D", _("Gate D")
    E = "E", _("Gate E")
    F = "F", _("Gate F")


class GateQuerySet(models.QuerySet["Gate"]):
    """Reads of gates."""

    def of_scheme(self, scheme: SchemeVersion) -> GateQuerySet:
        """The gates of one scheme in the language of the portal, in their order."""
        return self.filter(scheme=scheme, language=settings.LANGUAGE_CODE).order_by("code")


class Gate(models.Model):
    """One gate under a version of the scheme, in words; never changed.

    fails_when, cure: when it is not passed, and how that can be put right. by_conditions: whether
    an approval may have conditions that put it right. reasons: the codes of the grounds, one of
    which a rejection rests on where it is not passed. language: of the texts.
    """

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="gates")
    code = models.CharField(max_length=1, choices=GateCode)
    language = models.CharField(max_length=8, default="en-gb")
    title = models.CharField(max_length=60)
    question = models.CharField(max_length=300)
    fails_when = models.CharField(max_length=300)
    cure = models.CharField(max_length=200)
    by_conditions = models.BooleanField(default=False)
    reasons = ArrayField(models.CharField(max_length=8))

    objects = GateQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code", "language"], name="gate_once_a_scheme"
            ),
            models.CheckConstraint(
                name="gate_code_is_known", condition=Q(code__in=GateCode.values)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="gate_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """How pages call it: its letter and its title."""
        return f"{self.get_code_display()}: {self.title}"
