"""Mentors, the seats they give, and each mentorship from suggestion to end."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, Organisation, Role, User
from accounts.people import holders_in
from activity import clock
from activity.actors import appointments_of
from activity.lifecycle import LifecycleModel, StatusGuard
from pathfinders.register.audiences import NOTHING, Reader, entries_of, is_coordinator
from pathfinders.register.models import Pathfinder


class MentorQuerySet(models.QuerySet["Mentor"]):
    """Reads of mentors."""

    def approved(self) -> MentorQuerySet:
        """Those whose profile a coordinator, or a source, has approved."""
        return self.filter(approved_at__isnull=False)

    def with_seats(self) -> MentorQuerySet:
        """Adds `seats_in_all` and `seats_free`, in the same query."""
        held = Count("seats", filter=Q(seats__mentorships__status__in=OPEN), distinct=True)
        in_all = Count("seats", distinct=True)
        return self.annotate(seats_in_all=in_all, seats_free=in_all - held)

    def with_answerer(self) -> MentorQuerySet:
        """Adds `is_answered_for`: whether anybody holds the role of mentor in its body today."""
        today = Appointment.objects.current(clock.today()).filter(role=Role.MENTOR)
        held = today.filter(organisation=OuterRef("organisation"), user__is_active=True)
        return self.annotate(is_answered_for=Exists(held))


class Mentor(models.Model):
    """An organisation or a person that mentors. Empty words mean that no source gives them."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    # Whoever holds the role of mentor in this body answers for the profile.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mentor_profiles"
    )
    is_person = models.BooleanField(default=False)
    # Our reading, not the source's.
    kind = models.CharField(max_length=80, blank=True)
    useful_for = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, editable=False)
    is_example = models.BooleanField(default=False)

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "id"], name="mentor_by_name")]

    def __str__(self) -> str:
        return self.name

    def people(self) -> models.QuerySet[User]:
        """Those who hold the role of mentor in its body today."""
        return holders_in(self.organisation_id, Role.MENTOR, clock.today())


class Seat(models.Model):
    """A place that a mentor gives to one pathfinder at a time."""

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="seats")
    n = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mentor", "n"], name="seat_numbered_once"),
            models.CheckConstraint(name="seat_counts_from_one", condition=Q(n__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.mentor}, seat {self.n}"


class Status(models.TextChoices):
    """Where a mentorship stands."""

    PROPOSED = "proposed", _("Proposed")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    ENDED_EARLY = "ended-early", _("Ended early")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


# A seat is held, and the pathfinder is spoken for.
OPEN = (Status.OFFERED, Status.ACCEPTED, Status.ACTIVE, Status.PAUSED)
# Both sides have said yes.
AGREED = (
    Status.ACCEPTED,
    Status.ACTIVE,
    Status.PAUSED,
    Status.COMPLETED,
    Status.ENDED_EARLY,
)


class Side(models.TextChoices):
    """Who answers an offer."""

    MENTOR = "mentor", _("The mentor")
    PATHFINDER = "pathfinder", _("The pathfinder")


class Reason(models.TextChoices):
    """Why somebody declines. Coordinators alone read it."""

    RATHER_NOT = "rather-not", _("I would rather not say")
    NO_TIME = "no-time", _("There is no time for it now")
    NOT_A_MATCH = "not-a-match", _("We need, or can give, another kind of help")
    INTEREST = "interest", _("There may be a conflict of interest")
    OTHER = "other", _("Something else")


class MentorshipQuerySet(models.QuerySet["Mentorship"]):
    """Reads of mentorships."""

    def open(self) -> MentorshipQuerySet:
        """Those that hold a seat."""
        return self.filter(status__in=OPEN)

    def visible_to(self, reader: Reader) -> MentorshipQuerySet:
        """Those that somebody may see: a union of the named audiences."""
        return self.all() if is_coordinator(reader) else self.of_sides(reader)

    def of_sides(self, reader: Reader) -> MentorshipQuerySet:
        """Those in which somebody belongs to one of the sides."""
        return self.filter(of_mentors(reader) | of_own_people(reader))

    def overdue(self, on: datetime.date) -> MentorshipQuerySet:
        """Offers whose day to answer has gone by."""
        return self.filter(status=Status.OFFERED, answer_by__lt=on)


def of_mentors(reader: Reader) -> Q:
    """Mentors see what was offered to the body in which they hold the role."""
    bodies = bodies_mentored_for(reader)
    return Q(mentor__organisation__in=bodies) & SHOWN if bodies else NOTHING


def of_own_people(reader: Reader) -> Q:
    """The people of a mutual see what was offered to it."""
    if not isinstance(reader, User):
        return NOTHING
    return Q(pathfinder__in=entries_of(reader)) & SHOWN


def bodies_mentored_for(reader: Reader) -> list[int]:
    """The bodies in which somebody holds the role of mentor today; known with their roles."""
    if not isinstance(reader, User):
        return []
    held = appointments_of(reader)
    return [each.organisation_id for each in held if each.role == Role.MENTOR]


# A suggestion is shown to neither side: nobody has been asked.
SHOWN = ~Q(status=Status.PROPOSED)


class Mentorship(LifecycleModel):
    """One mentor for one pathfinder, from the suggestion to the end.

    Who has said yes stands beside the status: the last yes makes it accepted.
    """

    status = models.CharField(max_length=12, choices=Status)
    pathfinder = models.ForeignKey(Pathfinder, on_delete=models.PROTECT, related_name="mentorships")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="mentorships")
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="mentorships"
    )
    why = models.CharField(max_length=500, blank=True)
    offered_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    mentor_yes_at = models.DateTimeField(null=True, editable=False)
    pathfinder_yes_at = models.DateTimeField(null=True, editable=False)
    # Coordinators alone read the words of who declines or withdraws.
    declined_by = models.CharField(max_length=10, choices=Side, blank=True)
    decline_reason = models.CharField(max_length=12, choices=Reason, blank=True)
    decline_words = models.CharField(max_length=500, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    is_example = models.BooleanField(default=False)

    objects = MentorshipQuerySet.as_manager()

    class Meta:
        triggers = [StatusGuard(born=[Status.PROPOSED])]
        constraints = [
            models.CheckConstraint(
                name="mentorship_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(status__in=OPEN), name="mentorship_one_a_seat"
            ),
            models.UniqueConstraint(
                fields=["pathfinder"],
                condition=Q(status__in=OPEN),
                name="mentorship_one_a_pathfinder",
            ),
            models.CheckConstraint(
                name="mentorship_open_holds_a_seat",
                condition=~Q(status__in=OPEN)
                | Q(seat__isnull=False, answer_by__isnull=False, offered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="mentorship_agreed_by_both",
                condition=~Q(status__in=AGREED)
                | Q(mentor_yes_at__isnull=False, pathfinder_yes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mentorship_declined_by_a_side",
                condition=Q(status=Status.DECLINED, declined_by__in=Side.values)
                | ~Q(status=Status.DECLINED) & Q(declined_by=""),
            ),
            models.CheckConstraint(
                name="mentorship_answered_after_it_is_offered",
                condition=Q(answer_by=None) | Q(answer_by__gt=F("offered_on")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by", "id"],
                condition=Q(status=Status.OFFERED),
                name="mentorship_offers_out",
            ),
            models.Index(fields=["-status_at", "-id"], name="mentorship_newest"),
        ]

    def get_absolute_url(self) -> str:
        """The mentorship's own page."""
        return reverse("pathfinders:mentorship", args=[self.reference])

    @property
    def is_open(self) -> bool:
        """Whether it holds a seat."""
        return self.status in OPEN

    @property
    def is_late(self) -> bool:
        """Whether the day to answer has gone by without both answers."""
        return (
            self.status == Status.OFFERED
            and self.answer_by is not None
            and self.answer_by < clock.today()
        )
