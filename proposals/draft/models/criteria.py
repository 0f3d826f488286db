"""What a proposal is judged by: the weighted criteria of a version of the scheme, and their levels."""

from __future__ import annotations

from collections.abc import Collection

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from proposals.draft.models.schemes import SchemeVersion

# A level is from nothing to 4.
HIGHEST = 4
WHOLE = 100
STANDS = pgtrigger.Update | pgtrigger.Delete


class CriterionQuerySet(models.QuerySet["Criterion"]):
    """Reads of criteria."""

    def of_scheme(self, scheme: SchemeVersion) -> CriterionQuerySet:
        """Those of one scheme in their order, with their words in the language of the portal."""
        found = self.filter(scheme=scheme, words__language=settings.LANGUAGE_CODE)
        return found.annotate(  # type: ignore[no-redef]  # declared below, for whoever reads them
            name=F("words__name"), about=F("words__about"), levels=F("words__levels")
        )


class Criterion(models.Model):
    """One criterion by which proposals are judged under a version of the scheme; never changed.

    Another weight, or other words, are another version of the scheme. weight: of the 100 that all
    of them have together. threshold: below this level the whole is approved with conditions at
    best. places: what of a proposal belongs to it, each a section ("model") or one page of a section
    ("staff/unions"). name, about, levels: its words, where it was read `of_scheme`.
    """

    name: str
    about: str
    levels: list[str]

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="criteria")
    key = models.SlugField(_("key"), max_length=16)
    position = models.PositiveSmallIntegerField(_("position"))
    weight = models.PositiveSmallIntegerField(_("weight"))
    threshold = models.PositiveSmallIntegerField(_("least level"))
    places = ArrayField(models.CharField(max_length=40), verbose_name=_("what belongs to it"))

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "key"], name="criterion_once_a_scheme"),
            models.UniqueConstraint(
                fields=["scheme", "position"], name="criterion_has_a_place_of_its_own"
            ),
            models.CheckConstraint(
                name="criterion_weighs_and_has_a_level",
                condition=Q(weight__gte=1, weight__lte=WHOLE, threshold__lte=HIGHEST),
            ),
        ]
        triggers = [pgtrigger.Protect(name="criterion_stands", operation=STANDS)]

    def __str__(self) -> str:
        return self.key


class CriterionWords(models.Model):
    """A criterion in words, in one language. levels: what each level is, from 0 to 4."""

    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="words")
    language = models.CharField(_("language"), max_length=8, default="en-gb")
    name = models.CharField(_("name"), max_length=100)
    about = models.CharField(_("what is looked at"), max_length=200)
    levels = ArrayField(models.CharField(max_length=200), size=HIGHEST + 1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "language"], name="criterion_words_once_a_language"
            ),
            models.CheckConstraint(
                name="criterion_words_for_every_level", condition=Q(levels__len=HIGHEST + 1)
            ),
        ]
        triggers = [pgtrigger.Protect(name="criterion_words_stand", operation=STANDS)]

    def __str__(self) -> str:
        return self.name


def is_among(places: Collection[str], section: str, page: str) -> bool:
    """Whether a page is among places, or its whole section. Pure."""
    return section in places or f"{section}/{page}" in places
