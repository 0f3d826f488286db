"""The idea, who sent it, and the calls for ideas."""

from __future__ import annotations

import datetime
import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from activity.actors import Actor, LinkHolder, holds
from activity.lifecycle import LifecycleModel, StatusGuard

MINE = "proposals.idea"


class Status(models.TextChoices):
    """Where an idea stands."""

    NEW = "new", _("New")
    ANSWERED = "answered", _("Answered")
    TAKEN_UP = "taken-up", _("Taken up")
    PASSED_ON = "passed-on", _("Passed on")


class CallQuerySet(models.QuerySet["IdeaCall"]):
    """Reads of the calls."""

    def open(self, on: datetime.date) -> CallQuerySet:
        """Those that ask for ideas on that day; the last day counts."""
        return self.filter(closed_at=None, opens_on__lte=on, closes_on__gte=on)

    def told(self) -> CallQuerySet:
        """Those that were closed, with what came of them."""
        return self.filter(closed_at__isnull=False)


class IdeaCall(models.Model):
    """A question to everybody, open from a day to a day. outcome: what came of it, once closed."""

    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=100)
    words = models.TextField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="idea_call_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(
                name="idea_call_closed_says_what_came_of_it",
                condition=Q(closed_at=None, outcome="")
                | Q(closed_at__isnull=False) & ~Q(outcome=""),
            ),
        ]
        indexes = [models.Index(fields=["closes_on", "id"], name="idea_call_by_day")]

    def __str__(self) -> str:
        return self.title

    def is_open_on(self, day: datetime.date) -> bool:
        """Whether it asks for ideas on that day."""
        return self.closed_at is None and self.opens_on <= day <= self.closes_on


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Reads of ideas: coordinators read all of them, and each sender their own."""

    def of_sender(self, actor: Actor) -> IdeaQuerySet:
        """The one that somebody's private link is for."""
        if not isinstance(actor, LinkHolder) or actor.purpose != MINE:
            return self.none()
        return self.filter(pk=actor.subject_id)

    def of_coordinators(self, actor: Actor) -> IdeaQuerySet:
        """Every one, for those who answer ideas."""
        return self if holds(actor, Role.COORDINATOR) else self.none()

    def visible_to(self, actor: Actor) -> IdeaQuerySet:
        """Those that the actor may know of."""
        return (
            self.of_sender(actor) if isinstance(actor, LinkHolder) else self.of_coordinators(actor)
        )


class Idea(LifecycleModel):
    """Up to 300 words from anybody. Who sent it, and how to reach them, is in Sender.

    together: the key of the first idea that was much like this one and still new, or its own; in
    the queue such ideas stand together. reply: what the sender was told. enquiry_reference: the
    question to the advice line that it went on as.
    """

    status = models.CharField(max_length=16, choices=Status, default=Status.NEW)
    call = models.ForeignKey(
        IdeaCall, null=True, blank=True, on_delete=models.PROTECT, related_name="ideas"
    )
    words = models.TextField()
    employer_must_not_know = models.BooleanField(default=True)
    together = models.BigIntegerField(default=0)
    reply = models.TextField(blank=True)
    enquiry_reference = models.CharField(max_length=24, blank=True)
    once = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    is_example = models.BooleanField(default=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="idea_status_is_one_of_ours", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="idea_answered_with_a_reply", condition=Q(status=Status.NEW) | ~Q(reply="")
            ),
            models.CheckConstraint(
                name="idea_passed_on_as_a_question",
                condition=Q(status=Status.PASSED_ON) & ~Q(enquiry_reference="")
                | ~Q(status=Status.PASSED_ON) & Q(enquiry_reference=""),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "together", "id"], name="idea_queue"),
            GinIndex(
                fields=["words"],
                name="idea_new_by_words",
                opclasses=["gin_trgm_ops"],
                condition=Q(status=Status.NEW),
            ),
        ]
        triggers = [StatusGuard(born=[Status.NEW])]


class Sender(models.Model):
    """Who left an idea and how to reach them; all of it may be empty.

    workplace: where they say they work, as typed. address_is_private: they say that nobody else
    reads an address that looks like one at work.
    """

    idea = models.OneToOneField(Idea, on_delete=models.PROTECT, related_name="sender")
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    address_is_private = models.BooleanField(default=False)
    reach = models.CharField(max_length=200, blank=True)
    workplace = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"sender of {self.idea_id}"
