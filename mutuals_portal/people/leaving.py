"""A leaver's work goes back to the queue in one step."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Absence, Appointment, Reply, Role, User
from activity import clock
from activity.actors import forget_roles, holds
from activity.models import Event
from activity.transactions import in_one_piece
from advice.intake import people
from advice.intake.models import Status
from advice.queue import leaving as enquiries
from advice.queue import profiles
from mutuals_portal.cover import actions
from proposals.draft.models import Proposal
from proposals.review import leaving as cases
from proposals.review.models import RequestDraft

MANAGERS = (Role.ADMINISTRATOR,)


@dataclass(frozen=True)
class Open:
    """What somebody leaves behind with a role, counted.

    cases: that they answer for and that return to the queue. drafts: requests that they drafted in
    open cases, which stay. absences: days away that they planned, or stand in for. enquiries: that
    they hold and that return to the queue of their provider, by where they stand.
    """

    cases: int = 0
    drafts: int = 0
    absences: int = 0
    enquiries: dict[Status, int] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        """What there is, each with what becomes of it, in sentences."""
        counted = (
            (
                self.cases,
                ngettext(
                    "%(n)d case returns to the queue, where nobody answers for it.",
                    "%(n)d cases return to the queue, where nobody answers for them.",
                    self.cases,
                ),
            ),
            (
                self.drafts,
                ngettext(
                    "%(n)d request that they drafted stays in its case, with a mark.",
                    "%(n)d requests that they drafted stay in their cases, with a mark.",
                    self.drafts,
                ),
            ),
            (
                self.absences,
                ngettext(
                    "%(n)d absence is called off or needs another stand-in, who is told.",
                    "%(n)d absences are called off or need another stand-in, who is told.",
                    self.absences,
                ),
            ),
        )
        said = [words % {"n": count} for count, words in counted if count]
        return [*said, *enquiries.in_words(self.enquiries)]

    @property
    def returning(self) -> int:
        """How many cases and enquiries go back."""
        return self.cases + sum(self.enquiries.values())


def counted(appointment: Appointment) -> Open:
    """What would go back with a role, and what is in its way."""
    user, role = appointment.user, Role(appointment.role)
    is_last = _is_last(appointment)
    led = Proposal.objects.led_by(user) if role == Role.REVIEWER and is_last else None
    return Open(
        cases=led.count() if led is not None else 0,
        drafts=_drafts(user).count() if led is not None else 0,
        absences=0 if _others(appointment).exists() else _absences(user).count(),
        enquiries=enquiries.counted(user, appointment.organisation)
        if _is_last_here(appointment)
        else {},
    )


@in_one_piece
def leave(*, appointment: Appointment, by: User) -> Open:
    """End a role today: its open work goes back, all of it or nothing. Pressed twice, it ends once.

    Return what went back. Raises PermissionDenied for whoever may not manage roles, and for one's
    own role.
    """
    if appointment.role in people.ANSWERS:
        profiles.lock_own(appointment.user)
    actions.hold(appointment.user)
    found = Appointment.objects.select_for_update(of=("self",)).select_related(
        "user", "organisation"
    )
    fresh = found.filter(pk=appointment.pk).first()
    forget_roles(by)
    if not holds(by, *MANAGERS) or appointment.user_id == by.pk:
        raise PermissionDenied(_("Another administrator does this."))
    if fresh is None or has_ended(fresh):
        return Open()
    before = counted(fresh)
    if before.absences:
        _end_absences(fresh.user, by)
    if fresh.role == Role.REVIEWER and _is_last(fresh):
        cases.return_to_queue(fresh.user, by=by)
    if before.enquiries:
        enquiries.return_to_queue(fresh.user, fresh.organisation, by=by)
    _end(fresh, by)
    return before


def has_ended(appointment: Appointment) -> bool:
    """Whether a role is held no longer."""
    return appointment.ends_on is not None and appointment.ends_on <= clock.today()


def _end(appointment: Appointment, by: User) -> None:
    """The first day without the role is today; one that began today was never held."""
    today = clock.today()
    Event.objects.write("role.end", appointment, by=by, data={"role": appointment.role})
    if appointment.starts_on < today:
        appointment.ends_on = today
        appointment.save(update_fields=["ends_on"])
    else:
        appointment.delete()
    if appointment.role == Role.ADMINISTRATOR:
        User.objects.filter(pk=appointment.user_id).update(is_staff=False, is_superuser=False)


def _is_last(appointment: Appointment) -> bool:
    """Whether the same person holds this role nowhere else today."""
    return not _others(appointment).filter(role=appointment.role).exists()


def _is_last_here(appointment: Appointment) -> bool:
    """Whether a role of the advice line is the last by which they may hold its enquiries."""
    others = _others(appointment).filter(role=Role.ADVISER, organisation=appointment.organisation)
    return appointment.role in people.ANSWERS and not others.exists()


def _others(appointment: Appointment) -> models.QuerySet[Appointment]:
    """The other roles that the same person holds today."""
    current = Appointment.objects.current(clock.today()).filter(user=appointment.user_id)
    return current.exclude(pk=appointment.pk)


def _drafts(user: User) -> models.QuerySet[RequestDraft]:
    return RequestDraft.objects.filter(by=user, proposal__in=cases.open_cases())


def _absences(user: User) -> models.QuerySet[Absence]:
    """Those to come or that last, of theirs and of whom they stand in for."""
    theirs = Q(stand_in=user) & ~Q(reply=Reply.REFUSED)
    return Absence.objects.lasting(clock.today()).filter(Q(user=user) | theirs)


def _end_absences(user: User, by: User) -> None:
    """Call off their own, and give back those that they stand in for; each other is told."""
    for absence in _absences(user).select_related("user", "stand_in").order_by("pk"):
        if absence.user_id == user.pk:
            actions.call_off(absence, by)
        else:
            actions.give_back(absence, by)
