"""The proposal: where it stands, and who may see it."""

from __future__ import annotations

import datetime

import pgtrigger
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Interest, Organisation, Role, User
from accounts.people import holders
from activity import clock
from activity.actors import Actor, holds
from activity.lifecycle import LifecycleModel, StatusGuard
from activity.models import Event
from activity.searching import LANGUAGE
from proposals.draft.models.answers import Section
from proposals.draft.models.conflicts import ConflictDeclaration
from proposals.draft.models.schemes import SchemeVersion
from proposals.draft.models.team import Member


class Sector(models.TextChoices):
    """The closest match of the service. Source: domain guide 8.2."""

    COMMUNITY_HEALTH = "community-health", _("Community health")
    ACUTE_HEALTH = "acute-health", _("Acute health")
    MENTAL_HEALTH = "mental-health", _("Mental health")
    LEARNING_DISABILITY = "learning-disability", _("Learning disability")
    ADULT_SOCIAL_CARE = "adult-social-care", _("Adult social care")
    CHILDRENS_SOCIAL_CARE = "childrens-social-care", _("Children's social care")
    YOUTH = "youth", _("Youth services")
    EARLY_YEARS = "early-years", _("Early years")
    HOUSING_SUPPORT = "housing-support", _("Housing support")
    HOMELESSNESS_HEALTH = "homelessness-health", _("Health of homeless people")
    FURTHER_EDUCATION = "further-education", _("Further education")
    AWARDING_AND_SKILLS = "awarding-and-skills", _("Awarding and skills")
    SCHOOLS_SUPPORT = "schools-support", _("Support for schools")
    LIBRARIES = "libraries", _("Libraries")
    CULTURE = "culture", _("Culture")
    LEISURE = "leisure", _("Leisure")
    PROBATION = "probation", _("Probation")
    PRISONS = "prisons", _("Prisons")
    FIRE = "fire", _("Fire and rescue")
    BACK_OFFICE = "back-office", _("Back office")
    CIVIL_SERVICE = "civil-service", _("Civil service administration")
    ENVIRONMENT = "environment", _("Environment")
    TRANSPORT = "transport", _("Transport")
    OTHER = "other", _("Other")


class Status(models.TextChoices):
    """Where a proposal stands. The label is the inside word; see `outside` for the other."""

    DRAFT = "draft", _("Draft")
    AWAITING_SIGN_OFF = "awaiting-sign-off", _("Awaiting sign-off")
    SUBMITTED = "submitted", _("Submitted")
    ASSESSING = "assessing", _("Assessing")
    CHANGES_REQUESTED = "changes-requested", _("Changes requested")
    RECOMMENDED = "recommended", _("Recommended")
    COUNTERSIGNED = "countersigned", _("Countersigned")
    DECIDED = "decided", _("Decided")
    APPROVED = "approved", _("Approved")
    APPROVED_WITH_CONDITIONS = "approved-with-conditions", _("Approved with conditions")
    REJECTED = "rejected", _("Rejected")
    EXEMPT = "exempt", _("Exempt")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")
    UNDER_APPEAL = "under-appeal", _("Under appeal")


WITH_THE_TEAM = (Status.DRAFT, Status.AWAITING_SIGN_OFF)
# Where a proposal waits for its team, and lapses when the team does nothing.
MAY_LAPSE = (*WITH_THE_TEAM, Status.CHANGES_REQUESTED)
# One that lapsed can be brought back for so long.
REVIVABLE = datetime.timedelta(days=90)
BEING_DECIDED = (Status.RECOMMENDED, Status.COUNTERSIGNED, Status.DECIDED)
# What those outside read for any of these.
OUTSIDE_BEING_DECIDED = "being-decided"
WITH_OFFICIALS = (Status.SUBMITTED, Status.ASSESSING, Status.CHANGES_REQUESTED, *BEING_DECIDED)
# What was submitted and is with nobody any more.
ENDED = tuple(each for each in Status if each not in (*WITH_THE_TEAM, *WITH_OFFICIALS))
DECIDED_OUTCOMES = (Status.APPROVED, Status.APPROVED_WITH_CONDITIONS, Status.REJECTED)

OFFICIALS = (Role.REVIEWER, Role.DECISION_MAKER)

# Those that officials look for most are found by a small index of their own.
WORDS_OPEN_OR_NOT = """
UPDATE proposals_submittedwords SET is_open = NEW.status = ANY (ARRAY[{open}])
WHERE proposal_id = NEW.id AND is_open <> (NEW.status = ANY (ARRAY[{open}]));
RETURN NULL;
""".replace("{open}", ", ".join(f"'{status}'" for status in WITH_OFFICIALS))


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Reads of proposals: each audience by its name, and their union."""

    def of_team(self, actor: Actor) -> ProposalQuerySet:
        """Those whose team the actor is in."""
        return self.filter(_in_team(actor)) if isinstance(actor, User) else self.none()

    def of_officials(self, actor: Actor) -> ProposalQuerySet:
        """Those that a reviewer or decision maker may open: submitted, with no conflict.

        An interest in its employer is a conflict in each of its proposals. Being in the team is
        one, declared or not.
        """
        if not isinstance(actor, User) or not holds(actor, *OFFICIALS):
            return self.none()
        barred = ConflictDeclaration.objects.filter(
            proposal=OuterRef("pk"), user=actor, is_conflict=True
        )
        return self.filter(
            ~Exists(barred),
            ~Q(employer__in=Interest.objects.bodies_closed_to(actor, clock.today())),
            ~_in_team(actor),
            submitted_at__isnull=False,
        )

    def visible_to(self, actor: Actor) -> ProposalQuerySet:
        """Every proposal that the actor may read, by whichever audience they are in."""
        audiences = (self.of_team(actor), self.of_officials(actor))
        mine, theirs = (
            self.model._default_manager.filter(pk__in=a.values("pk")) for a in audiences
        )
        return self.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=theirs.values("pk")))

    def without_official(self) -> ProposalQuerySet:
        """Those with officials whose employer has nobody asked: who it is must be found."""
        return self.filter(status__in=WITH_OFFICIALS, employer_due_on=None)

    def led_by(self, user: User | None) -> ProposalQuerySet:
        """Those with officials that one reviewer answers for; of None, those that nobody does."""
        answers = nobody_answers() if user is None else Q(lead_reviewer=user)
        return self.filter(answers, status__in=WITH_OFFICIALS)

    def quiet(self, before: datetime.datetime) -> ProposalQuerySet:
        """Those that wait for a team which has done nothing since then."""
        waits = self.filter(status__in=MAY_LAPSE, status_at__lte=before)
        return waits.annotate(quiet_since=_quiet_since()).filter(quiet_since__lte=before)

    def quiet_since(self, pk: int) -> datetime.datetime:
        """When the team of one last did anything, or its status last changed."""
        found = self.filter(pk=pk).annotate(quiet_since=_quiet_since())
        since: datetime.datetime = found.values_list("quiet_since", flat=True).get()
        return since


class Proposal(LifecycleModel):
    """What a team proposes. Its answers are in its sections, its people are its members.

    employer, sector, title, headcount and base_cost_pence are promoted from the answers, to be
    listed and summed; the answers remain what counts. names_hidden: the employer must not learn
    who is in the team. due_on: the last day of the promise to decide, while officials have it.
    answer_by: the day by which the reviewers ask for an answer, while changes are requested.
    employer_due_on: the day given to the official of its employer who was asked last, or None.
    employer_answered_at: when that official, or one before them, sent an answer; None while none has.
    lead_reviewer: who answers for it as a case, or None; officials alone know. It stays when the case
    ends.
    scheme: the rules that it is judged by, from its submission on. released_at, took_days: when its
    letter went, and how many working days after submission; what later teams may expect.
    once: the key of its beginning by one person from one page, so that it is begun once.
    """

    status = models.CharField(max_length=24, choices=Status, default=Status.DRAFT, editable=False)
    title = models.CharField(max_length=100)
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    sector = models.CharField(max_length=24, choices=Sector, blank=True)
    headcount = models.PositiveIntegerField(null=True)
    base_cost_pence = models.BigIntegerField(null=True)
    names_hidden = models.BooleanField(default=True)
    submitted_at = models.DateTimeField(null=True, editable=False)
    due_on = models.DateField(null=True, editable=False)
    answer_by = models.DateField(null=True, editable=False)
    employer_due_on = models.DateField(null=True, editable=False)
    employer_answered_at = models.DateTimeField(null=True, editable=False)
    scheme = models.ForeignKey(
        SchemeVersion, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    lead_reviewer = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    released_at = models.DateTimeField(null=True, editable=False)
    took_days = models.PositiveSmallIntegerField(null=True, editable=False)
    once = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    # What team and officials alike may find it by.
    search_public = models.GeneratedField(
        expression=SearchVector("title", config=LANGUAGE),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposal_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="proposal_sector_is_known",
                condition=Q(sector="") | Q(sector__in=Sector.values),
            ),
            models.CheckConstraint(
                name="proposal_submitted_with_a_due_date",
                condition=Q(submitted_at=None, due_on=None)
                | Q(submitted_at__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_with_officials_was_submitted",
                condition=Q(status__in=[*WITH_THE_TEAM, Status.WITHDRAWN, Status.LAPSED])
                | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_released_after_so_many_days",
                condition=Q(released_at=None, took_days=None)
                | Q(
                    released_at__isnull=False,
                    took_days__isnull=False,
                    submitted_at__isnull=False,
                    scheme__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="proposal_with_its_team_is_not_submitted",
                condition=~Q(status__in=WITH_THE_TEAM) | Q(submitted_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="proposal_queue",
                condition=Q(status__in=WITH_OFFICIALS),
            ),
            models.Index(
                fields=["status", "due_on", "id"],
                name="proposal_queue_of_a_status",
                condition=Q(status__in=WITH_OFFICIALS),
            ),
            models.Index(
                fields=["due_on", "id"],
                name="proposal_official_to_find",
                condition=Q(status__in=WITH_OFFICIALS, employer_due_on=None),
            ),
            models.Index(
                fields=["lead_reviewer", "due_on", "id"],
                name="proposal_queue_of_a_reviewer",
                condition=Q(status__in=WITH_OFFICIALS),
            ),
            models.Index(
                fields=["-submitted_at", "-id"],
                name="proposal_newest",
                condition=Q(status__in=WITH_OFFICIALS),
            ),
            models.Index(
                fields=["-submitted_at", "-id"],
                name="proposal_archive",
                condition=Q(status__in=ENDED, submitted_at__isnull=False),
            ),
            models.Index(
                fields=["status", "-submitted_at", "-id"],
                name="proposal_archive_of_a_status",
                condition=Q(status__in=ENDED, submitted_at__isnull=False),
            ),
            models.Index(
                fields=["sector", "-submitted_at", "-id"],
                name="proposal_archive_of_a_sector",
                condition=Q(status__in=ENDED, submitted_at__isnull=False),
            ),
            models.Index(
                fields=["lead_reviewer", "-submitted_at", "-id"],
                name="proposal_archive_of_a_person",
                condition=Q(status__in=ENDED, submitted_at__isnull=False),
            ),
            models.Index(
                fields=["status_at"],
                name="proposal_may_lapse",
                condition=Q(status__in=MAY_LAPSE),
            ),
            models.Index(
                fields=["scheme", "-released_at"],
                include=["took_days"],
                name="proposal_how_long",
                condition=Q(released_at__isnull=False),
            ),
            GinIndex(fields=["search_public"], name="proposal_words"),
        ]
        triggers = [
            StatusGuard(born=[Status.DRAFT]),
            pgtrigger.Trigger(
                name="words_open_or_not",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status"),  # type: ignore[no-untyped-call]  # its own is not typed
                func=WORDS_OPEN_OR_NOT,
            ),
        ]

    @property
    def outside_status(self) -> str:
        """The status as team, employer and public may know it: a code for a tag."""
        return OUTSIDE_BEING_DECIDED if self.status in BEING_DECIDED else self.status

    @property
    def promised_on(self) -> datetime.date | None:
        """The last day of the promise to decide, or None: it is over once there is a decision."""
        return self.due_on if self.status in WITH_OFFICIALS else None

    @property
    def revivable_until(self) -> datetime.date:
        """The last day on which a proposal that lapsed can be brought back."""
        return timezone.localdate(self.status_at) + REVIVABLE

    def is_late(self, today: datetime.date) -> bool:
        """Whether the promise to decide is broken by this day; not while its clock stands still."""
        if self.status == Status.CHANGES_REQUESTED:
            return False
        return self.promised_on is not None and self.promised_on < today


def nobody_answers() -> Q:
    """Which cases nobody answers for: given to nobody, or to somebody who is no reviewer today."""
    return Q(lead_reviewer=None) | lead_is_gone()


def lead_is_gone() -> Q:
    """Which open cases are in the name of somebody who is no reviewer any longer, however that ended."""
    reviewers = holders(Role.REVIEWER, clock.today()).order_by()
    led = Q(status__in=WITH_OFFICIALS, lead_reviewer__isnull=False)
    return led & ~Q(lead_reviewer__in=reviewers.values("pk"))


def _in_team(actor: User) -> Exists:
    return Exists(Member.objects.current().filter(proposal=OuterRef("pk"), user=actor))


def _quiet_since() -> Greatest:
    """When a team last did anything, or its proposal's status last changed.

    What a team does is a save of an answer or an event of its own. What officials do to a proposal
    moves its status, or is an event of another kind.
    """
    saved = Section.objects.filter(proposal=OuterRef("pk")).values("proposal")
    done = Event.objects.filter(
        subject_type="proposals.proposal",
        subject_id=OuterRef("pk"),
        actor_kind="user",
        kind__startswith="proposal.",
    ).values("subject_id")
    return Greatest(
        "status_at",
        Subquery(saved.annotate(last=Max("saved_at")).values("last")),
        Subquery(done.annotate(last=Max("at")).values("last")),
    )
