"""The enquiries of an adviser who leaves go back to the queue of their provider in one step."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Appointment, Organisation, Role, User
from accounts.models.interests import LineOf
from activity import clock
from activity.actors import Actor, holds
from activity.transactions import in_one_piece, lock
from activity.workflow import NO, YES, Answer, Step, Tell, take
from advice.intake import clocks, people
from advice.intake.models import Enquiry, Status
from advice.intake.models.enquiry import HELD, EnquiryQuerySet
from advice.intake.steps import run_the_clock_again, the_enquirer, wake
from advice.queue import profiles
from advice.queue.steps import CONFLICT, leads_if_nobody_is_left


def leads_or_manages(actor: Actor, enquiry: Enquiry) -> Answer:
    """Whoever leads the advisers of its provider, administrators, and a conflict of interest."""
    if actor == CONFLICT:
        return YES
    leads = people.answers_for(actor, enquiry, Role.ADVICE_LEAD)
    return YES if leads or holds(actor, Role.ADMINISTRATOR) else NO


LEAVE = Step(
    name="leave",
    label=gettext_lazy("Return to the queue"),
    sources=HELD,
    to=Status.QUEUED,
    allowed=leads_or_manages,
    effects=(wake, run_the_clock_again),
    tell=(
        Tell("enquiry.leave", to=the_enquirer),
        Tell("enquiry.lead", to=leads_if_nobody_is_left),
    ),
)
STEPS = (LEAVE,)


def counted(user: User, provider: Organisation) -> dict[Status, int]:
    """How many enquiries of a provider somebody holds, by where they stand."""
    held = Enquiry.objects.held_by(user).filter(provider=provider)
    found = dict(held.order_by().values_list("status").annotate(n=Count("pk")))
    return {Status(status): found[status] for status in HELD if status in found}


def enquiries_held() -> Coalesce:
    """How many enquiries of its body the holder of a role holds, for queries of appointments."""
    held = Enquiry.objects.filter(status__in=HELD, adviser=OuterRef("user"))
    here = held.filter(provider=OuterRef("organisation")).order_by().values("adviser")
    return Coalesce(Subquery(here.annotate(n=Count("pk")).values("n")), 0)


def in_words(counts: dict[Status, int]) -> list[str]:
    """What goes back, a sentence for each status."""
    return [
        _("%(status)s: %(enquiries)s.") % {"status": status.label, "enquiries": _returning(count)}
        for status, count in counts.items()
    ]


def _returning(count: int) -> str:
    words = ngettext(
        "%(n)d enquiry returns to the queue", "%(n)d enquiries return to the queue", count
    )
    return words % {"n": count}


def return_to_queue(user: User, provider: Organisation, *, by: User) -> int:
    """Return what somebody holds of a provider. Return how many.

    Within a transaction that locked the profile of the user: what they claim, or are given,
    meanwhile comes before this or is refused.
    """
    return _return(Enquiry.objects.held_by(user).filter(provider=provider), user, by)


def hand_back(*, by: User, organisation: Organisation) -> int:
    """Return what somebody holds of the staff of a body, and of its line. Return how many.

    Called as they declare an interest in it, before it counts, within a transaction that locked
    their profile.
    """
    line = Organisation.objects.filter(pk=organisation.pk).annotate(body=LineOf("pk"))
    theirs = Enquiry.objects.held_by(by).filter(contact__employer__in=line.values("body"))
    return _return(theirs, by, CONFLICT)


def _return(enquiries: EnquiryQuerySet, user: User, by: Actor) -> int:
    """Return them in the order of their keys."""
    keys = enquiries.order_by("pk").values_list("pk", flat=True)
    found = [lock(Enquiry, key, by=by) for key in keys]
    theirs = [each for each in found if each.adviser_id == user.pk and each.status in HELD]
    for each in theirs:
        by_then = clocks.pick_up_by(clock.now(), each.policy)
        take(LEAVE, each, by=by, seen=each.revision, adviser=None, pick_up_by=by_then)
    return len(theirs)


@in_one_piece
def give_back(*, appointment: Appointment, by: User) -> int:
    """Return all that an adviser holds, because their lead says so. Pressed twice, it happens once.

    The role stays: administrators end roles. PermissionDenied for whoever leads elsewhere.
    """
    profiles.lock_own(appointment.user)
    if appointment.organisation not in people.providers_of(by, Role.ADVICE_LEAD):
        raise PermissionDenied(_("The advice lead of their provider does this."))
    return return_to_queue(appointment.user, appointment.organisation, by=by)
