"""Example entries and mentorships, one a status, made only by the steps that people take."""

from __future__ import annotations

import datetime

from accounts.models import Appointment, Organisation, OrganisationKind, Role, User
from activity import clock
from activity.transactions import in_one_piece
from activity.workflow import take
from pathfinders.journey import actions as journey
from pathfinders.mentoring import actions as mentoring
from pathfinders.mentoring import terms
from pathfinders.mentoring.models import Mentor, Mentorship, Reason, Seat
from pathfinders.mentoring.steps import EXPIRE, OFFER, SWEEP
from pathfinders.register import actions as register
from pathfinders.register.choices import ENDS, STAGES, Form, Region, Sector, Status, Type
from pathfinders.register.models import Pathfinder

SOURCE = "Made up, to show how the portal works"
SLUG = "example-"
# status -> (name, summary, stage from which it gets there)
ENTRIES: dict[Status, tuple[str, str, Status]] = {
    Status.EARLY_THINKING: (
        "Fenland Library Friends",
        "Four librarians who wonder whether a branch could be run by its staff.",
        Status.EARLY_THINKING,
    ),
    Status.APPRAISAL: (
        "Dales Youth Workers",
        "A youth team that compares three ways of leaving the council.",
        Status.APPRAISAL,
    ),
    Status.IMPLEMENTATION: (
        "Wolds Community Nursing",
        "Nurses and therapists setting up a company that they control.",
        Status.IMPLEMENTATION,
    ),
    Status.FIRST_YEAR: (
        "Harbour Leisure",
        "Pool and gym staff in the first year of their own society.",
        Status.FIRST_YEAR,
    ),
    Status.ESTABLISHED: (
        "Moorside Home Care",
        "Home carers who have owned their company for some years.",
        Status.ESTABLISHED,
    ),
    Status.PAUSED: (
        "Estuary School Meals",
        "School cooks who wait for a new contract to be let.",
        Status.APPRAISAL,
    ),
    Status.CLOSED: (
        "Tidewater Transport",
        "Drivers of a day centre whose contract was not renewed.",
        Status.ESTABLISHED,
    ),
    Status.RETURNED_IN_HOUSE: (
        "Castle Back Office",
        "Payroll staff who went back to the council that they came from.",
        Status.FIRST_YEAR,
    ),
    Status.MERGED: (
        "Meadow Early Years",
        "Nursery staff who joined a larger mutual nearby.",
        Status.ESTABLISHED,
    ),
    Status.NO_LONGER_MUTUAL: (
        "Riverbank Rehabilitation",
        "Therapists who sold their shares to an outside company.",
        Status.ESTABLISHED,
    ),
}
# Entries on which mentorships are shown: status of the mentorship -> name of the entry.
PAIRS = {
    "proposed": "Example pair not yet offered",
    "offered": "Example pair with an offer",
    "accepted": "Example pair that agreed",
    "declined": "Example pair that was declined",
    "withdrawn": "Example pair that was withdrawn",
    "expired": "Example pair that did not answer",
}
WHY = "Both have moved a service out of a larger body. An example."


def load(people: dict[str, User]) -> None:
    """Make the examples that are not there yet; a second time changes nothing.

    people: the example users by key; "coordinator", "mentor", "lead" and "editor" are used.
    """
    for status in ENTRIES:
        _entry_at(status, people)
    mentor = _mentor(people["mentor"])
    for mentored, name in PAIRS.items():
        _pair_at(mentored, name, mentor, people)


@in_one_piece
def _entry_at(status: Status, people: dict[str, User]) -> None:
    name, summary, stage = ENTRIES[status]
    slug = f"{SLUG}{status}"
    if Pathfinder.objects.filter(slug=slug).exists():
        return
    by = people["coordinator"]
    team = [people["lead"], people["editor"]] if status == Status.IMPLEMENTATION else []
    entry = _open(slug, name, summary, stage, by, team)
    if status != Status.EARLY_THINKING:
        entry = register.publish(entry, by=by, seen=entry.revision)
    if status == Status.PAUSED:
        until = clock.today() + datetime.timedelta(days=90)
        journey.pause(entry, by=by, seen=entry.revision, until=until, reason="The contract waits.")
    if status in ENDS:
        _end(entry, status, by)


def _open(
    slug: str, name: str, summary: str, stage: Status, by: User, team: list[User]
) -> Pathfinder:
    facts = {
        "slug": slug,
        "name": name,
        "summary": summary,
        "type": Type.SPIN_OUT,
        "sector": Sector.OTHER,
        "form": Form.CIC if STAGES.index(stage) >= STAGES.index(Status.IMPLEMENTATION) else "",
        "regions": [Region.EAST_MIDLANDS],
        "places": ["An invented place"],
        "reached_on": clock.today() - datetime.timedelta(days=60),
        "is_example": True,
    }
    return register.add(stage=stage, facts=facts, source=SOURCE, by=by, people=team)


def _end(entry: Pathfinder, status: Status, by: User) -> None:
    journey.end(
        entry,
        by=by,
        seen=entry.revision,
        how=status,
        on=clock.today() - datetime.timedelta(days=7),
        source=SOURCE,
        reason="An example of an honest end.",
        staff="Everybody kept a post, six of them elsewhere.",
        service="It goes on under another body.",
        assets="Two vans went back to the council.",
    )


@in_one_piece
def _mentor(user: User) -> Mentor:
    """An example profile for the body in which the example mentor acts, with seats of its own."""
    held = Appointment.objects.filter(user=user, role=Role.MENTOR).select_related("organisation")
    found = held.first()
    body = found.organisation if found else _body()
    mentor, is_new = Mentor.objects.get_or_create(
        slug="example-mentor",
        defaults={
            "name": "Example mentor",
            "organisation": body,
            "useful_for": "Whatever an example needs.",
            "approved_at": clock.now(),
            "is_example": True,
        },
    )
    if is_new:
        Seat.objects.bulk_create(Seat(mentor=mentor, n=n) for n in range(1, len(PAIRS) + 2))
    return mentor


def _body() -> Organisation:
    words = {"name": "Example mentoring body", "kind": OrganisationKind.MENTOR_BODY}
    body, _ = Organisation.objects.get_or_create(slug="example-mentoring-body", defaults=words)
    return body


@in_one_piece
def _pair_at(status: str, name: str, mentor: Mentor, people: dict[str, User]) -> None:
    slug = f"{SLUG}pair-{status}"
    if Pathfinder.objects.filter(slug=slug).exists():
        return
    by = people["coordinator"]
    summary = "A private entry that shows a mentorship."
    entry = _open(slug, name, summary, Status.IMPLEMENTATION, by, [people["lead"]])
    if status == "proposed":
        mentoring.propose(entry, mentor, why=WHY, is_example=True)
        return
    if status == "expired":
        _expired(mentoring.propose(entry, mentor, why=WHY, is_example=True), by)
        return
    made = mentoring.offer(entry, mentor, by=by, seen=entry.revision, why=WHY, is_example=True)
    _answer(made, status, people)


def _expired(proposed: Mentorship, by: User) -> None:
    """An offer of some weeks ago that nobody answered."""
    offered_on = clock.today() - datetime.timedelta(days=40)
    made = take(
        OFFER,
        proposed,
        by=by,
        seen=proposed.revision,
        seat=proposed.mentor.seats.order_by("n").last(),
        offered_on=offered_on,
        answer_by=terms.answer_by(offered_on),
    )
    take(EXPIRE, made, by=SWEEP, seen=made.revision)


def _answer(made: Mentorship, status: str, people: dict[str, User]) -> None:
    if status == "accepted":
        made = mentoring.accept(made, by=people["lead"], seen=made.revision)
        mentoring.accept(made, by=people["mentor"], seen=made.revision)
    elif status == "declined":
        rather_not = Reason.RATHER_NOT
        mentoring.decline(made, by=people["mentor"], seen=made.revision, reason=rather_not)
    elif status == "withdrawn":
        why = "An example of an offer taken back."
        mentoring.withdraw_offer(made, by=people["coordinator"], seen=made.revision, reason=why)
