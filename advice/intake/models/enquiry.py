"""The enquiry: where it stands, who holds it, and who may see how much of it."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Role, User
from activity import clock
from activity.actors import Actor, LinkHolder, holds
from activity.lifecycle import LifecycleModel, StatusGuard
from advice.intake import safety, telephone
from advice.intake.models.advisers import AdviserProfile
from advice.intake.models.line import AdvicePolicy, Level, Topic
from advice.intake.models.reaching import Reaching
from advice.intake.models.ties import closed_to
from advice.intake.models.why import Why
from advice.intake.people import providers_of


class Status(models.TextChoices):
    """Where an enquiry stands. The label is the tag; `wording` has a sentence for each reader."""

    QUEUED = "queued", _("Queued")
    WITH_ADVISER = "with-adviser", _("With adviser")
    WAITING_FOR_ENQUIRER = "waiting-for-enquirer", _("Waiting for the enquirer")
    WAITING_FOR_OTHER = "waiting-for-other", _("Waiting for somebody else")
    CALLBACK_BOOKED = "callback-booked", _("Callback booked")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    SPAM = "spam", _("Spam")
    MERGED = "merged", _("Merged")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFERRED_OUT = "referred-out", _("Referred out")


# What the enquirer reads on the tag where the inside word would mislead them.
OUTSIDE = {Status.WAITING_FOR_ENQUIRER: _("Waiting for you")}

# The clock runs while we have the next word, also while we ask somebody else.
RUNNING = (Status.QUEUED, Status.WITH_ADVISER, Status.WAITING_FOR_OTHER)
HELD = (
    Status.WITH_ADVISER,
    Status.WAITING_FOR_ENQUIRER,
    Status.WAITING_FOR_OTHER,
    Status.CALLBACK_BOOKED,
)
OPEN = (Status.QUEUED, *HELD)
# Those in which somebody else than its adviser has the next word.
WAITING = (Status.WAITING_FOR_ENQUIRER, Status.WAITING_FOR_OTHER)

# The first words of an open enquiry are marked, so that the index of those holds no others.
ASKS = """
IF (NEW.status IN ({open})) <> (OLD.status IN ({open})) THEN
    UPDATE advice_message SET asks = NEW.status IN ({open})
    WHERE enquiry_id = NEW.id AND revision = 0;
END IF;
RETURN NULL;
"""


class Channel(models.TextChoices):
    """How an enquiry reached us."""

    FORM = "form", _("Form")
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    EVENT = "event", _("Event")


class Sector(models.TextChoices):
    """Where an enquirer works, in the few words that somebody would use of themselves."""

    NHS = "nhs", _("NHS")
    COUNCIL = "council", _("Council")
    SCHOOL = "school", _("School or college")
    CIVIL_SERVICE = "civil-service", _("Civil service")
    JUSTICE = "justice", _("Police, probation, prisons or fire")
    OTHER_PUBLIC = "other-public", _("Somewhere else in public service")
    OUTSIDE = "outside", _("I do not work in public service")


class Outcome(models.TextChoices):
    """What came of an enquiry, asked when it is closed."""

    HELPED = "helped", _("We answered it")
    SIGNPOSTED = "signposted", _("We said who else to ask")
    BECAME_PROPOSAL = "became-proposal", _("It became a proposal")
    BARRIER_RAISED = "barrier-raised", _("A rule stands in the way, and was reported")
    NOT_REACHED = "not-reached", _("We could not reach them")
    OUT_OF_SCOPE = "out-of-scope", _("It was not for the advice line")
    NO_HELP_POSSIBLE = "no-help-possible", _("Nobody could help")


def of_provider(actor: Actor) -> Q:
    """Those of a provider for which the actor answers; what waits for a lead, only for leads."""
    mine = [provider.pk for provider in providers_of(actor)]
    led = [provider.pk for provider in providers_of(actor, Role.ADVICE_LEAD)]
    return Q(provider__in=mine) & (Q(for_leads=False) | Q(provider__in=led))


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Reads of enquiries: that there is one, and what it says, are two different rights."""

    def of_enquirer(self, actor: Actor) -> EnquiryQuerySet:
        """The one that somebody's private link is for."""
        if not isinstance(actor, LinkHolder) or actor.purpose != "advice.mine":
            return self.none()
        return self.filter(pk=actor.subject_id)

    def without_interest(self, actor: Actor) -> EnquiryQuerySet:
        """Those whose enquirer works for no body in which the actor or their provider has a part."""
        return self.exclude(closed_to(actor)) if isinstance(actor, User) else self

    def of_line(self, actor: Actor) -> EnquiryQuerySet:
        """Every one, for those who answer: they share one queue. Topic, age and due time only."""
        if not holds(actor, Role.ADVISER, Role.ADVICE_LEAD):
            return self.none()
        return self.without_interest(actor)

    def of_provider(self, actor: Actor) -> EnquiryQuerySet:
        """Those that a provider holds for which the actor answers: with name and words."""
        if not providers_of(actor):
            return self.none()
        return self.filter(of_provider(actor)).without_interest(actor)

    def visible_to(self, actor: Actor) -> EnquiryQuerySet:
        """Those of which the actor may know that they are there."""
        return self.of_enquirer(actor) if isinstance(actor, LinkHolder) else self.of_line(actor)

    def readable_by(self, actor: Actor) -> EnquiryQuerySet:
        """Those whose enquirer and words the actor may read; a link's words need its proof."""
        if isinstance(actor, LinkHolder):
            return self.of_enquirer(actor) if actor.proved else self.none()
        return self.of_provider(actor)

    def with_beside(self) -> EnquiryQuerySet:
        """Each with `beside`: the references of those among these that it follows or that follow it."""
        next_to_it = Q(follows=OuterRef("pk")) | Q(followed_by=OuterRef("pk"))
        beside = self.filter(next_to_it).order_by("pk").values("reference")
        return self.annotate(beside=ArraySubquery(beside))

    def open(self) -> EnquiryQuerySet:
        """Those that are not over."""
        return self.filter(status__in=OPEN)

    def open_to(self, actor: Actor) -> EnquiryQuerySet:
        """Those free to take: nobody's yet, or in the queue of a provider the actor advises for.

        Not those for leads, those put off, nor those that the provider refused.
        """
        mine = [provider.pk for provider in providers_of(actor, Role.ADVISER)]
        if not mine:
            return self.none()
        free = Q(provider=None) | Q(provider__in=mine)
        theirs = self.filter(free, status=Status.QUEUED, for_leads=False).awake()
        return theirs.exclude(exclusions__provider__in=mine).without_interest(actor)

    def next_for(self, user: User) -> EnquiryQuerySet:
        """Those free to take about what an adviser knows: all, where they named no skills."""
        skills = AdviserProfile.skills.through.objects.filter(adviserprofile__user=user)
        groups = skills.values("topicgroup")
        knows = ~Exists(skills) | Q(topic=None) | Q(topic__group__in=groups)
        return self.open_to(user).filter(knows)

    def for_lead(self, actor: Actor) -> EnquiryQuerySet:
        """Those that wait for a lead: of the provider that the actor leads, or of no provider."""
        led = [provider.pk for provider in providers_of(actor, Role.ADVICE_LEAD)]
        if not led:
            return self.none()
        free = Q(provider=None) | Q(provider__in=led)
        return self.filter(free, status=Status.QUEUED, for_leads=True).without_interest(actor)

    def awake(self) -> EnquiryQuerySet:
        """Those that nobody put off to a later day."""
        today = clock.today()
        return self.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=today))

    def put_off(self) -> EnquiryQuerySet:
        """Those that somebody put off to a later day."""
        return self.filter(snoozed_until__gt=clock.today())

    def held_by(self, actor: Actor) -> EnquiryQuerySet:
        """Those that the actor holds and that are not over."""
        held = self.filter(adviser=getattr(actor, "pk", None), status__in=HELD)
        return held.without_interest(actor)

    def in_hand_of(self, actor: Actor) -> EnquiryQuerySet:
        """Those that wait for a word of this adviser; those who wait for others do not count."""
        theirs = self.filter(adviser=getattr(actor, "pk", None), status=Status.WITH_ADVISER)
        return theirs.without_interest(actor)

    def late(self, at: datetime.datetime) -> EnquiryQuerySet:
        """Those whose clock runs and has passed its end."""
        return self.filter(status__in=RUNNING, due_at__lt=at)


class Enquiry(LifecycleModel):
    """A question to the advice line. Who asks is in Contact, what is said in Message.

    first_reply_due_at: what was promised when it came. due_at: when the next reply is due.
    resolve_due_at: when the answer is due, by the level of the question.
    clock_from: when the words that wait for a reply came; pauses are read from the events.
    once: the form it came from, so that a form pressed twice asks once.
    route: why it is with this provider. for_leads: a lead decides who takes it. pick_up_by: when
    another provider is asked, if nobody has taken it. snoozed_until: the day it comes back.
    chase_on: until when we wait for somebody else.
    """

    status = models.CharField(max_length=24, choices=Status, default=Status.QUEUED)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.FORM)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT)
    policy = models.ForeignKey(AdvicePolicy, on_delete=models.PROTECT)
    level = models.CharField(max_length=12, choices=Level, default=Level.SIMPLE)
    # For everybody who answers to see: it says nothing of who asks, only how to take care.
    employer_must_not_know = models.BooleanField(default=True)
    provider = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries"
    )
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enquiries",
    )
    route = models.CharField(max_length=12, choices=Why, blank=True)
    urgent = models.BooleanField(default=False)
    for_leads = models.BooleanField(default=False)
    pick_up_by = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    chase_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=24, choices=Outcome, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    clock_from = models.DateTimeField()
    first_reply_due_at = models.DateTimeField()
    first_replied_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    resolve_due_at = models.DateTimeField()
    # The one before, of the same enquirer, whose time to be taken up again was over.
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    once = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # Made up, for the embedded database: pages say so.
    is_example = models.BooleanField(default=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.CheckConstraint(
                name="enquiry_status_is_one_of_ours", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="enquiry_queued_is_nobodys",
                condition=~Q(status=Status.QUEUED) | Q(adviser=None),
            ),
            models.CheckConstraint(
                name="enquiry_held_by_an_adviser_of_a_provider",
                condition=~Q(status__in=[*HELD, Status.ANSWERED])
                | Q(adviser__isnull=False, provider__isnull=False),
            ),
            models.CheckConstraint(
                name="enquiry_closed_with_an_outcome",
                condition=~Q(status=Status.CLOSED) | ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="enquiry_due_after_its_clock_starts",
                condition=Q(due_at__gt=F("clock_from"), first_reply_due_at__gt=F("received_at")),
            ),
            models.CheckConstraint(
                name="enquiry_level_is_one_of_ours", condition=Q(level__in=Level.values)
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "due_at", "id"],
                name="enquiry_queue",
                condition=Q(status__in=OPEN),
            ),
            models.Index(
                fields=["-urgent", "due_at", "id"],
                name="enquiry_free",
                condition=Q(status=Status.QUEUED, for_leads=False),
            ),
            models.Index(
                fields=["chase_on"],
                name="enquiry_to_chase",
                condition=Q(status=Status.WAITING_FOR_OTHER),
            ),
            models.Index(
                fields=["pick_up_by"],
                name="enquiry_to_pick_up",
                condition=Q(status=Status.QUEUED, for_leads=False, pick_up_by__isnull=False),
            ),
            models.Index(
                fields=["provider", "-urgent", "due_at", "id"],
                name="enquiry_queue_of_provider",
                condition=Q(status__in=OPEN),
            ),
            models.Index(
                fields=["adviser", "-urgent", "due_at", "id"],
                name="enquiry_of_adviser",
                condition=Q(status__in=OPEN),
            ),
            models.Index(
                fields=["topic", "-urgent", "due_at", "id"],
                name="enquiry_queue_of_topic",
                condition=Q(status__in=OPEN),
            ),
        ]
        indexes += [
            # Few of the many that a provider has wait for others, or were put off.
            models.Index(
                fields=["provider", "-urgent", "due_at", "id"],
                name="enquiry_waiting",
                condition=Q(status__in=WAITING),
            ),
            models.Index(
                fields=["provider", "snoozed_until"],
                name="enquiry_put_off",
                condition=Q(snoozed_until__isnull=False),
            ),
            models.Index(fields=["status_at"], name="enquiry_moved"),
            models.Index(
                fields=["clock_from"], name="enquiry_waits", condition=Q(status__in=RUNNING)
            ),
        ]
        triggers = [
            StatusGuard(born=[Status.QUEUED]),
            pgtrigger.Trigger(
                name="asks_while_open",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status"),  # type: ignore[no-untyped-call]  # theirs
                func=ASKS.replace("{open}", ", ".join(f"'{status}'" for status in OPEN)),
            ),
        ]

    @property
    def outside_label(self) -> str:
        """The tag that the enquirer reads."""
        status = Status(self.status)
        return str(OUTSIDE.get(status, status.label))

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.status in OPEN

    @property
    def is_running(self) -> bool:
        """Whether its clock runs."""
        return self.status in RUNNING

    def is_late_at(self, now: datetime.datetime) -> bool:
        """Whether its clock runs and has passed its end."""
        return self.is_running and self.due_at < now


class Contact(Reaching):
    """Who asks, where they work and how to reach them. All of it may be empty.

    safe_ways: what they said of when and how it is safe. address_is_private: they say that nobody
    else reads an address that looks like one at work.
    """

    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="contact")
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    address_is_private = models.BooleanField(default=False)
    telephone = models.CharField(max_length=40, blank=True)
    # The same in one form, when it is a whole number: by this a caller is found.
    whole_telephone = models.CharField(max_length=17, blank=True, editable=False)
    safe_ways = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=16, choices=Sector, blank=True)
    employer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # As typed, when it is no body that we know.
    employer_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_names_its_employer_once",
                condition=Q(employer=None) | Q(employer_name=""),
            ),
            models.CheckConstraint(
                name="contact_is_rung_from_before_until",
                condition=Q(ring_from=None) | Q(ring_until=None) | Q(ring_until__gt=F("ring_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["whole_telephone"], name="contact_by_telephone"),
            models.Index(Upper("email"), name="contact_by_email"),
            GinIndex(SearchVector("name", config="simple"), name="contact_by_name"),
        ]

    def __str__(self) -> str:
        return f"contact of {self.enquiry_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the number in one form too."""
        self.whole_telephone = telephone.whole(self.telephone)
        super().save(*args, **kwargs)

    @property
    def ring_now(self) -> safety.Ring:
        """Whether they may be rung now, and why."""
        return safety.may_ring(self, clock.now())
