"""Bodies: employers, departments, providers of advice, mentors' firms, mutuals."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Nation(models.TextChoices):
    """Where a body is: its bank holidays follow from it."""

    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class OrganisationKind(models.TextChoices):
    """What sort of body it is. Source: the kinds of host of the programme, with their eras."""

    DEPARTMENT = "department", _("Government department")
    AGENCY = "agency", _("Executive agency")
    NDPB = "ndpb", _("Non-departmental public body")
    NHS_TRUST = "nhs-trust", _("NHS trust")
    NHS_FOUNDATION_TRUST = "nhs-foundation-trust", _("NHS foundation trust")
    PCT = "pct", _("Primary care trust")
    SHA = "sha", _("Strategic health authority")
    ICB = "icb", _("Integrated care board")
    COUNTY = "county", _("County council")
    DISTRICT = "district", _("District council")
    UNITARY = "unitary", _("Unitary authority")
    METROPOLITAN = "metropolitan", _("Metropolitan borough")
    LONDON_BOROUGH = "london-borough", _("London borough")
    FIRE = "fire", _("Fire and rescue authority")
    POLICE = "police", _("Police force")
    PROBATION = "probation", _("Probation trust")
    PRISON = "prison", _("Prison")
    COLLEGE = "college", _("Further education college")
    SCHOOL = "school", _("School or academy trust")
    UNIVERSITY = "university", _("University")
    HOUSING = "housing", _("Housing association")
    ADVICE_PROVIDER = "advice-provider", _("Advice line provider")
    MENTOR_BODY = "mentor-body", _("Organisation that mentors")
    MUTUAL = "mutual", _("Mutual")
    OTHER = "other", _("Other")


class Findable(Func):
    """What a body is found by: its names as plain words, in short forms and by their initials."""

    function = "portal_findable"
    output_field = models.TextField()


class Likeness(Func):
    """How much of what was typed is in what a body is found by, from 0 to 1."""

    function = "portal_likeness"
    output_field = models.FloatField()


# Matches that are looked at: of a word that more have, any so many.
MOST_LIKE = 200


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads of the register of organisations."""

    def in_being(self, on: datetime.date) -> OrganisationQuerySet:
        """Those that existed on that date; an unknown start or end counts as open."""
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gt=on)
        )

    def employers(self) -> OrganisationQuerySet:
        """Public bodies of the register whose staff may propose."""
        outside = [
            OrganisationKind.ADVICE_PROVIDER,
            OrganisationKind.MENTOR_BODY,
            OrganisationKind.MUTUAL,
        ]
        return self.listed().exclude(kind__in=outside)

    def listed(self) -> OrganisationQuerySet:
        """Those that are in the register: not the names that somebody typed and nobody checked."""
        return self.filter(is_awaited=False)

    def awaited(self) -> OrganisationQuerySet:
        """Names that somebody typed as not in the register, and no administrator has answered."""
        return self.filter(is_awaited=True, ends_on=None)

    def like(self, words: str) -> OrganisationQuerySet:
        """Those whose names are like what was typed, the most like first; at most MOST_LIKE.

        words: part of a name now or before, short forms or initials, also with typing errors.
        """
        typed = words.replace("\x00", "")[:100]
        found = RawSQL("SELECT portal_organisations_like(%s, %s)", [typed, MOST_LIKE])
        likeness = Likeness(models.Value(typed), F("findable"))
        return self.filter(pk__in=found).order_by(likeness.desc(), "name", "pk")


class Organisation(models.Model):
    """A body: an employer, a department, a provider of advice, a mentor's firm, a mutual.

    Bodies end and are succeeded; they are never deleted. other_names: what it was called before,
    or is called for short. contact_post, contact_address: who is told there of a proposal of its
    staff, at one of its mail_domains; both or neither. is_awaited: somebody typed this name, and no
    administrator has checked it: it is in no list until one has.
    """

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=OrganisationKind)
    nation = models.CharField(max_length=16, choices=Nation, default=Nation.ENGLAND)
    # Lower-case, without the @. Mail to them is refused for people whose employer must not know.
    mail_domains = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    department = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="bodies"
    )
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    other_names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_awaited = models.BooleanField(default=False)
    # Who answers there for the Right to Provide: a post, and an address of the body itself.
    contact_post = models.CharField(max_length=100, blank=True)
    contact_address = models.EmailField(blank=True)
    findable = models.GeneratedField(
        expression=Findable("name", "other_names"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["findable"], name="organisation_by_name", opclasses=["gin_trgm_ops"]),
            models.Index(
                fields=["id"],
                name="organisation_awaited",
                condition=Q(is_awaited=True, ends_on=None),
            ),
            models.Index(fields=["name", "id"], name="organisation_list"),
        ]
        constraints = [
            models.CheckConstraint(
                name="organisation_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="organisation_successor_is_another",
                condition=Q(successor=None) | ~Q(successor=F("pk")),
            ),
            models.CheckConstraint(
                name="organisation_contact_is_a_post_with_an_address",
                condition=Q(contact_post="", contact_address="")
                | ~Q(contact_post="") & ~Q(contact_address=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a contact that no mail of the body's own reaches; for Django's admin."""
        problems = contact_problems(self.contact_post, self.contact_address, self.mail_domains)
        if problems:
            raise ValidationError(problems)

    def has_ended_by(self, on: datetime.date) -> bool:
        """Whether it ended on that date or before."""
        return self.ends_on is not None and self.ends_on <= on

    def owns_address(self, address: str) -> bool:
        """Whether an e-mail address is read at this body, at one of its domains or below one."""
        return is_within(address, self.mail_domains)


def is_within(address: str, domains: Iterable[str]) -> bool:
    """Whether an e-mail address lies at one of these domains, or below one."""
    domain = address.rpartition("@")[2].lower()
    return any(domain == own or domain.endswith(f".{own}") for own in domains)


def contact_problems(post: str, address: str, domains: Iterable[str]) -> dict[str, str]:
    """What is wrong with a body's contact, by column and in words. domains: those of its mail."""
    if address and not post:
        return {"contact_post": gettext("Enter the post of whoever reads mail at that address")}
    if post and not address:
        return {"contact_address": gettext("Enter the address at which that post is reached")}
    if address and not is_within(address, domains):
        return {"contact_address": gettext("Enter an address at one of the domains of its mail")}
    return {}
