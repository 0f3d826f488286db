"""The vote itself: what is asked, from when to when, who runs it, and what came of it."""

from __future__ import annotations

import datetime
import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.actors import Actor, LinkHolder
from activity.lifecycle import LifecycleModel, StatusGuard
from proposals.ballot.counting import Count
from proposals.draft.models import Proposal

# What a scrutineer's link is for.
SCRUTINEER = "proposals.scrutineer"


class Status(models.TextChoices):
    """Where a vote stands."""

    PREPARING = "preparing", _("Being prepared")
    READY = "ready", _("Ready to open")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    CALLED_OFF = "called-off", _("Called off")


LIVE = (Status.PREPARING, Status.READY, Status.OPEN)


class BallotQuerySet(models.QuerySet["Ballot"]):
    """Reads of votes: the team and officials of its proposal, and its own scrutineer."""

    def live(self) -> BallotQuerySet:
        """Those that are neither closed nor called off: one a proposal at most."""
        return self.filter(status__in=LIVE)

    def due(self, at: datetime.datetime) -> BallotQuerySet:
        """Those that are open although their time is past."""
        return self.filter(status=Status.OPEN, closes_at__lte=at)

    def of_scrutineer(self, actor: Actor) -> BallotQuerySet:
        """The one that a link was sent for, while whoever got it still runs it."""
        if not isinstance(actor, LinkHolder) or actor.purpose != SCRUTINEER:
            return self.none()
        if actor.subject_type != self.model._meta.label_lower:
            return self.none()
        return self.filter(pk=actor.subject_id, scrutineer_address__iexact=actor.address)

    def visible_to(self, actor: Actor) -> BallotQuerySet:
        """Those that the actor may know of. Nobody's roll, code or vote comes with it."""
        if isinstance(actor, LinkHolder):
            return self.of_scrutineer(actor)
        return self.filter(proposal__in=Proposal.objects.visible_to(actor))


class Ballot(LifecycleModel):
    """A vote of the staff of a service on its proposal, run by a scrutineer from outside the team.

    number: of the proposal's votes, from 1. opens_at: it does not open before; opened_at: when it
    did. closes_at: put off when it opens so late that it would be open too short. roll_checked_at:
    when its scrutineer said that the roll is right; on_roll: how many people that is. tag: what
    each of its codes begins with, so that a code that is no longer there can still be told which
    vote it was for; "" before there are any. batch: how often codes were made. least_group: the
    smallest number of the scheme when they were. least_turnout, least_share (per cent),
    again_months: its rules when it opened. called_off_because: for the team and the scrutineer.
    once: the key of what was set up from one page.

    is_elsewhere: held outside the portal; a team entered its result. replaced_at: when the team
    entered another result in its place.
    """

    status = models.CharField(
        max_length=16, choices=Status, default=Status.PREPARING, editable=False
    )
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="ballots")
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    scrutineer_name = models.CharField(max_length=100)
    scrutineer_address = models.EmailField(blank=True)
    roll_checked_at = models.DateTimeField(null=True)
    on_roll = models.PositiveIntegerField(default=0)
    tag = models.CharField(max_length=4, blank=True)
    batch = models.PositiveSmallIntegerField(default=0)
    least_turnout = models.PositiveSmallIntegerField(null=True)
    least_share = models.PositiveSmallIntegerField(null=True)
    again_months = models.PositiveSmallIntegerField(null=True)
    least_group = models.PositiveSmallIntegerField(null=True)
    called_off_because = models.TextField(blank=True)
    is_elsewhere = models.BooleanField(default=False)
    replaced_at = models.DateTimeField(null=True)
    once = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ballot_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(status__in=LIVE), name="ballot_one_live_a_proposal"
            ),
            models.UniqueConstraint(
                fields=["proposal", "number"], name="ballot_numbered_in_its_proposal"
            ),
            models.UniqueConstraint(fields=["tag"], condition=~Q(tag=""), name="ballot_own_tag"),
            models.CheckConstraint(
                name="ballot_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="ballot_run_by_somebody",
                condition=~Q(scrutineer_name="")
                & (~Q(scrutineer_address="") | Q(is_elsewhere=True)),
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(is_elsewhere=True, replaced_at=None),
                name="ballot_one_elsewhere_a_proposal",
            ),
            models.CheckConstraint(
                name="ballot_elsewhere_is_over",
                condition=Q(is_elsewhere=False, replaced_at=None) | Q(status=Status.CLOSED),
            ),
            models.CheckConstraint(
                name="ballot_ready_with_codes",
                condition=Q(status__in=[Status.PREPARING, Status.CALLED_OFF])
                | Q(is_elsewhere=True)
                | ~Q(tag="") & Q(roll_checked_at__isnull=False, batch__gte=1),
            ),
            models.CheckConstraint(
                name="ballot_opened_under_rules",
                condition=~Q(status__in=[Status.OPEN, Status.CLOSED])
                | Q(
                    opened_at__isnull=False,
                    least_turnout__isnull=False,
                    least_share__isnull=False,
                    again_months__isnull=False,
                    least_group__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"], name="ballot_to_close", condition=Q(status=Status.OPEN)
            ),
        ]
        triggers = [StatusGuard(born=[Status.PREPARING, Status.CLOSED])]

    def takes_votes(self, at: datetime.datetime) -> bool:
        """Whether a vote that is cast at that time counts."""
        return self.status == Status.OPEN and at < self.closes_at

    @property
    def counts(self) -> bool:
        """Whether its result is one that may count."""
        return self.status == Status.CLOSED and self.replaced_at is None

    @property
    def is_over_time(self) -> bool:
        """Whether nobody can vote any longer although it was not counted yet."""
        return self.status == Status.OPEN and self.closes_at <= clock.now()


class Result(models.Model):
    """What came of a vote, frozen when it closed: numbers of votes, and of nobody.

    votes_blank: cast, and neither for nor against. groups: what is told by groups of staff, as
    `counting.told` chose it. is_yes: whether both measures of the rules were reached.
    """

    ballot = models.OneToOneField(
        Ballot, on_delete=models.CASCADE, primary_key=True, related_name="result"
    )
    eligible = models.PositiveIntegerField()
    cast = models.PositiveIntegerField()
    votes_for = models.PositiveIntegerField()
    votes_against = models.PositiveIntegerField()
    votes_blank = models.PositiveIntegerField()
    least_turnout = models.PositiveSmallIntegerField()
    least_share = models.PositiveSmallIntegerField()
    groups = models.JSONField(default=list)
    is_yes = models.BooleanField()
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ballot_result_adds_up",
                condition=Q(cast=F("votes_for") + F("votes_against") + F("votes_blank")),
            ),
            models.CheckConstraint(
                name="ballot_result_of_those_on_the_roll", condition=Q(cast__lte=F("eligible"))
            ),
        ]
        triggers = [pgtrigger.Protect(name="result_stands", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"result of ballot {self.ballot_id}"

    @property
    def count(self) -> Count:
        """Its numbers, with their measures."""
        return Count(self.eligible, self.cast, self.votes_for, self.votes_against, self.votes_blank)
