"""Offering a mentor, and the answers of both sides."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activity import clock
from activity.actors import Actor
from activity.references import next_reference
from activity.transactions import in_one_piece, lock
from activity.workflow import MovedOn, take
from pathfinders.mentoring import terms
from pathfinders.mentoring.models import Mentor, Mentorship, Reason, Seat, Status
from pathfinders.mentoring.sides import sides_of, waiting_side
from pathfinders.mentoring.steps import ACCEPT, DECLINE, EXPIRE, OFFER, SWEEP, WITHDRAW_OFFER
from pathfinders.register.audiences import must_coordinate
from pathfinders.register.models import Pathfinder


@in_one_piece
def offer(
    pathfinder: Pathfinder,
    mentor: Mentor,
    *,
    by: Actor,
    seen: int,
    why: str,
    is_example: bool = False,
) -> Mentorship:
    """Offer a pathfinder one of a mentor's free seats; both sides are told. Return the offer.

    seen: the revision of the pathfinder's page. why: what both sides read.
    Raises PermissionDenied for all but coordinators, MovedOn when the entry moved or has an offer
    or a mentor, ValidationError with a sentence when this pair cannot be offered.
    """
    must_coordinate(by)
    seat = _free_seat(mentor)
    fresh = lock(Pathfinder, pathfinder.pk, by=by)
    _must_be_as_seen(fresh, seen)
    if refusal := why_not(fresh, mentor, has_seat=seat is not None):
        raise ValidationError(refusal)
    proposed = propose(fresh, mentor, why=why, is_example=is_example)
    today = clock.today()
    return take(
        OFFER,
        proposed,
        by=by,
        seen=proposed.revision,
        data={"seat": seat.n if seat else None},
        seat=seat,
        offered_on=today,
        answer_by=terms.answer_by(today),
    )


def propose(
    pathfinder: Pathfinder, mentor: Mentor, *, why: str, is_example: bool = False
) -> Mentorship:
    """Write down a suggestion, of which nobody is told."""
    return Mentorship.objects.create(
        reference=next_reference("MEN"),
        status=Status.PROPOSED,
        pathfinder=pathfinder,
        mentor=mentor,
        why=why,
        is_example=is_example,
    )


def why_not(pathfinder: Pathfinder, mentor: Mentor, *, has_seat: bool) -> str:
    """The reason why this pair cannot be offered, or ""."""
    people = set(pathfinder.people)
    mentors = set(mentor.people())
    bodies = pathfinder.parent_bodies.filter(organisation=mentor.organisation_id)
    reasons = (
        (not has_seat, _("%(mentor)s has no free seat now. Choose another mentor.")),
        (pathfinder.has_ended, _("This pathfinder has ended, so it needs no mentor.")),
        (not mentors, _("Nobody holds the role of mentor for %(mentor)s, so nobody could answer.")),
        (not people, _("Nobody of this pathfinder is here to answer. Name its people first.")),
        (people & mentors, _("One of this pathfinder's own people mentors for %(mentor)s.")),
        (bodies.exists(), _("This pathfinder came from the body for which %(mentor)s mentors.")),
    )
    said = next((words for applies, words in reasons if applies), "")
    return said % {"mentor": mentor.name} if said else ""


def _must_be_as_seen(pathfinder: Pathfinder, seen: int) -> None:
    if pathfinder.revision != seen:
        raise MovedOn(pathfinder)
    spoken_for = Mentorship.objects.open().filter(pathfinder=pathfinder).first()
    if spoken_for is not None:
        raise MovedOn(spoken_for)


def _free_seat(mentor: Mentor) -> Seat | None:
    """The first free seat, locked: whoever comes second finds it taken and looks at the next."""
    held = Mentorship.objects.open()
    for pk in list(mentor.seats.exclude(mentorships__in=held).values_list("pk", flat=True)):
        seat = lock(Seat, pk)
        if not held.filter(seat=seat).exists():
            return seat
    return None


def accept(mentorship: Mentorship, *, by: Actor, seen: int) -> Mentorship:
    """Say yes for one side; with the other side's yes it is accepted. Raises as `take` does."""
    side = waiting_side(by, mentorship)
    answers = {f"{side}_yes_at": clock.now()} if side else {}
    data = {"side": str(side) if side else None}
    return take(ACCEPT, mentorship, by=by, seen=seen, data=data, **answers)


def decline(
    mentorship: Mentorship, *, by: Actor, seen: int, reason: Reason, words: str = ""
) -> Mentorship:
    """Say no for one side, which frees the seat. Raises as `take` does.

    reason, words: for coordinators alone, never for the other side.
    """
    side = waiting_side(by, mentorship) or next(iter(sides_of(by, mentorship)), "")
    return take(
        DECLINE,
        mentorship,
        by=by,
        seen=seen,
        data={"side": str(side)},
        declined_by=side,
        decline_reason=reason,
        decline_words=words,
    )


@in_one_piece
def withdraw_offer(mentorship: Mentorship, *, by: Actor, seen: int, reason: str) -> Mentorship:
    """Take an offer back, which frees the seat; both sides are told. Raises as `take` does."""
    return take(WITHDRAW_OFFER, mentorship, by=by, seen=seen, withdrawn_because=reason)


def expire_offers() -> int:
    """End the offers whose day to answer has gone by, which frees their seats. Return how many.

    Each in a transaction of its own; everybody concerned is told.
    """
    ended = 0
    for late in Mentorship.objects.overdue(clock.today()).order_by("answer_by", "pk"):
        try:
            take(EXPIRE, late, by=SWEEP, seen=late.revision)
        except MovedOn:
            continue  # somebody answered or took it back in this moment
        ended += 1
    return ended
