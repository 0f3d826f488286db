"""Entries of the register: what is public of a mutual now, and every earlier state of it."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TypedDict, cast

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Count, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import Organisation, User
from activity import clock
from activity.lifecycle import LifecycleModel, StatusGuard
from activity.searching import LANGUAGE, query
from pathfinders.register.audiences import Reader, may_see
from pathfinders.register.choices import ENDS, STAGES, Form, Region, Sector, Status, Type

PUBLISHED = Q(published_at__isnull=False)


class Totals(TypedDict):
    """How many published pathfinders there are, by where they stand; examples are left out."""

    pathfinders: int
    setting_up: int
    weighing_up: int
    trading: int
    ended: int


class PathfinderQuerySet(models.QuerySet["Pathfinder"]):
    """Reads of the register."""

    def published(self) -> PathfinderQuerySet:
        """Those that everybody may see."""
        return self.filter(PUBLISHED)

    def unpublished(self) -> PathfinderQuerySet:
        """Those that a coordinator has not published."""
        return self.exclude(PUBLISHED)

    def visible_to(self, reader: Reader) -> PathfinderQuerySet:
        """Those that somebody may see: a union of the named audiences."""
        return self.filter(may_see(reader))

    def live(self) -> PathfinderQuerySet:
        """Those that have not ended."""
        return self.exclude(status__in=ENDS)

    def search(self, text: str) -> PathfinderQuerySet:
        """Those whose public words match what somebody typed, as a search engine reads it."""
        return self.filter(search_public=query(text))

    def with_people(self) -> PathfinderQuerySet:
        """Adds `people_pks` and `people_names`, of the mutual's own people, in the same query."""
        now = Member.objects.current().filter(pathfinder=OuterRef(OuterRef("pk")))
        own = User.objects.filter(pk__in=now.values("user"), is_active=True).order_by("name", "pk")
        return self.annotate(
            people_pks=ArraySubquery(own.values("pk")),
            people_names=ArraySubquery(own.values("name")),
        )

    def counted(self) -> Totals:
        """Totals of these, without examples, in one query."""
        trading = Q(status__in=[Status.FIRST_YEAR, Status.ESTABLISHED], stage_known=True)
        before = [Status.EARLY_THINKING, Status.APPRAISAL, Status.IMPLEMENTATION]
        totals = self.filter(is_example=False).aggregate(
            pathfinders=Count("pk"),
            setting_up=Count("pk", filter=Q(status__in=before)),
            weighing_up=Count("pk", filter=Q(status__in=before[:2])),
            trading=Count("pk", filter=trading),
            ended=Count("pk", filter=Q(status__in=ENDS)),
        )
        return cast("Totals", totals)


class Pathfinder(LifecycleModel):
    """A mutual of the programme, or a team on its way to be one.

    The columns are the newest entry's facts, written with it by `entries.write`. Empty or null
    means that no source says. An entry begins private; a coordinator publishes it.
    """

    status = models.CharField(max_length=20, choices=Status)
    # Circle joined already a mutual, and no source names a stage for it: shown as not known.
    stage_known = models.BooleanField(default=True)
    slug = models.SlugField(max_length=80, blank=True)
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=500, blank=True)
    type = models.CharField(max_length=12, choices=Type, blank=True)
    sector = models.CharField(max_length=24, choices=Sector, blank=True)
    form = models.CharField(max_length=20, choices=Form, blank=True)
    places = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    regions = ArrayField(models.CharField(max_length=24, choices=Region), default=list, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True)
    seconded_staff = models.PositiveIntegerField(null=True, blank=True)
    maturity_as_stated = models.CharField(max_length=40, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    # The day on which it came to its status, or on which a source first says so.
    reached_on = models.DateField(null=True, blank=True)

    # The proposal whose approval opened the entry, or for which a coordinator opened it.
    proposal_reference = models.CharField(max_length=24, blank=True)
    approved_at = models.DateTimeField(null=True, editable=False)

    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    # Kept after it resumes: where it was before the last pause.
    paused_from = models.CharField(max_length=20, choices=Status, blank=True)
    # Set with the step that ends it, which reads it; a status of ENDS.
    ended_as = models.CharField(max_length=20, choices=Status, blank=True, editable=False)
    resumes_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_staff = models.CharField(max_length=500, blank=True)
    end_service = models.CharField(max_length=500, blank=True)
    end_assets = models.CharField(max_length=500, blank=True)

    is_example = models.BooleanField(default=False)
    # Places, bodies and labels as words; generated columns cannot join or read arrays.
    search_words = models.TextField(blank=True, editable=False)
    search_public = models.GeneratedField(
        expression=(
            SearchVector("name", weight="A", config=LANGUAGE)
            + SearchVector("summary", weight="B", config=LANGUAGE)
            + SearchVector("search_words", weight="C", config=LANGUAGE)
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PathfinderQuerySet.as_manager()

    class Meta:
        triggers = [StatusGuard(born=STAGES)]
        constraints = [
            models.CheckConstraint(
                name="pathfinder_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.UniqueConstraint(
                fields=["proposal_reference"],
                condition=~Q(proposal_reference=""),
                name="pathfinder_one_a_proposal",
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=~Q(slug=""), name="pathfinder_slug_unique"
            ),
            models.CheckConstraint(
                name="pathfinder_published_by_when_published",
                condition=Q(published_by=None) | PUBLISHED,
            ),
            models.CheckConstraint(
                name="pathfinder_paused_from_a_stage",
                condition=~Q(status=Status.PAUSED) | Q(paused_from__in=STAGES),
            ),
            models.CheckConstraint(
                name="pathfinder_ended_on_a_day",
                condition=Q(status__in=ENDS, ended_on__isnull=False)
                | ~Q(status__in=ENDS) & Q(ended_on=None),
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="pathfinder_by_name"),
            models.Index(fields=["name", "id"], condition=PUBLISHED, name="pathfinder_public"),
            models.Index(
                fields=["-published_at", "-id"], condition=PUBLISHED, name="pathfinder_newest"
            ),
            models.Index(
                fields=["status", "name", "id"], condition=PUBLISHED, name="pathfinder_in_stage"
            ),
            models.Index(
                fields=["sector", "name", "id"], condition=PUBLISHED, name="pathfinder_in_sector"
            ),
            models.Index(
                fields=["form", "name", "id"], condition=PUBLISHED, name="pathfinder_in_form"
            ),
            models.Index(
                fields=["name", "id"],
                condition=PUBLISHED & Q(stage_known=False),
                name="pathfinder_in_no_stage",
            ),
            models.Index(
                fields=["name", "id"], condition=~PUBLISHED, name="pathfinder_unpublished"
            ),
            GinIndex(fields=["regions"], condition=PUBLISHED, name="pathfinder_in_region"),
            GinIndex(fields=["search_public"], name="pathfinder_words"),
            GinIndex(
                OpClass("name", name="gin_trgm_ops"),
                condition=PUBLISHED,
                name="pathfinder_names_alike",
            ),
        ]

    def get_absolute_url(self) -> str:
        """The entry's own page."""
        return reverse("pathfinders:pathfinder", args=[self.reference])

    @property
    def caption(self) -> str:
        """Its reference and its name, above the heading of a page about it."""
        return f"{self.reference} {self.name}"

    @property
    def people(self) -> models.QuerySet[User]:
        """Its own people as they are now, of those who may sign in."""
        now = self.members.current().values("user")
        return User.objects.filter(pk__in=now, is_active=True).order_by("pk")

    @property
    def is_published(self) -> bool:
        """Whether everybody may see it."""
        return self.published_at is not None

    @property
    def is_from_sources(self) -> bool:
        """Whether it was announced before the portal: stage, service and region are our reading."""
        return self.announced_on is not None and not self.proposal_reference

    @property
    def shows_status(self) -> bool:
        """Whether its status may be told: a stage that no source names is not."""
        return self.stage_known or self.status not in STAGES

    @property
    def has_ended(self) -> bool:
        """Whether it came to one of the honest ends."""
        return self.status in ENDS


def new_key() -> str:
    """A short key for addresses, so that no primary key is shown in one."""
    return secrets.token_hex(4)


class PathfinderMemberQuerySet(models.QuerySet["Member"]):
    """Reads of who belongs to which mutual."""

    def current(self) -> PathfinderMemberQuerySet:
        """Those who have not left."""
        return self.filter(left_at=None)


class Member(models.Model):
    """One of a mutual's own people: they see its private entry and answer for it."""

    key = models.CharField(max_length=8, default=new_key, unique=True, editable=False)
    pathfinder = models.ForeignKey(Pathfinder, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pathfinder_memberships"
    )
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    objects = PathfinderMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "pathfinder"],
                condition=Q(left_at=None),
                name="member_once_in_a_pathfinder",
            ),
            models.CheckConstraint(
                name="member_leaves_after_joining",
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"member of {self.pathfinder}"


class ParentBody(models.Model):
    """A body that a pathfinder came from: as the source says it, and our record of it if exact."""

    pathfinder = models.ForeignKey(
        Pathfinder, on_delete=models.PROTECT, related_name="parent_bodies"
    )
    as_stated = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="pathfinders"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pathfinder", "as_stated"], name="parent_body_said_once"
            )
        ]

    def __str__(self) -> str:
        return self.as_stated


class Entry(models.Model):
    """One numbered state of what is public of a pathfinder: never changed, never removed.

    facts: public fields only, no people. sha256: of this entry and of the hash before it, so a
    change anywhere in the chain shows.
    """

    pathfinder = models.ForeignKey(Pathfinder, on_delete=models.PROTECT, related_name="entries")
    n = models.PositiveIntegerField()
    facts = models.JSONField()
    source = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["pathfinder", "n"], name="entry_numbered_once")
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.pathfinder} entry {self.n}"

    def fingerprint(self, before: str) -> str:
        """The SHA-256, as hex, that this entry must have after an entry with that of `before`."""
        words = {
            "pathfinder": self.pathfinder.reference,
            "n": self.n,
            "facts": self.facts,
            "before": before,
            "source": self.source,
            "reason": self.reason,
        }
        plain = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()
