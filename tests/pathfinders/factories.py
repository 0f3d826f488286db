"""People, bodies and entries for these tests: give what matters, the rest is plain."""

import datetime
import itertools

from allauth.account.models import EmailAddress

from accounts.models import Appointment, Organisation, OrganisationKind, Role, User
from activity import clock
from activity.actors import System
from pathfinders.mentoring import actions as mentoring
from pathfinders.mentoring.models import Mentor, Mentorship, Seat
from pathfinders.register import actions
from pathfinders.register.choices import Status
from pathfinders.register.models import Member, Pathfinder

numbers = itertools.count(1)


def join(pathfinder: Pathfinder, user: User) -> Member:
    """Make somebody one of a mutual's own people."""
    return Member.objects.create(pathfinder=pathfinder, user=user)


def body(name: str = "", **fields) -> Organisation:
    """A saved organisation."""
    n = next(numbers)
    words = {
        "slug": f"trust-{n:05}",
        "name": name or f"Trust {n:05}",
        "kind": OrganisationKind.NHS_TRUST,
    }
    return Organisation.objects.create(**words | fields)


def person(*roles: Role, organisation: Organisation | None = None) -> User:
    """A saved user who holds these roles in one organisation."""
    n = next(numbers)
    user = User.objects.create_user(f"someone{n}@home.example", name=f"Someone {n:05}")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in roles:
        appoint(user, role, organisation or body())
    return user


def appoint(user: User, role: Role, organisation: Organisation) -> Appointment:
    """Give somebody a role from 2011 on."""
    since = datetime.date(2011, 1, 4)
    return Appointment.objects.create(
        user=user, role=role, organisation=organisation, starts_on=since
    )


def coordinator() -> User:
    """Somebody who coordinates the programme."""
    return person(Role.COORDINATOR)


def entry(
    stage: Status = Status.IMPLEMENTATION, *, published=True, people=(), parents=None, **facts
) -> Pathfinder:
    """A saved entry with its first numbered state."""
    n = next(numbers)
    words = {"name": f"Mutual {n:05}", "summary": "Nurses.", "reached_on": clock.today()}
    if published:
        words["published_at"] = clock.now()
    return actions.add(
        stage=stage,
        facts=words | facts,
        source="A test",
        by=System("test"),
        parents=parents,
        people=people,
    )


def mentor(name: str = "", *, seats: int = 1, answered=True, **fields) -> Mentor:
    """A saved, approved mentor with seats; and, unless told otherwise, a person who answers."""
    n = next(numbers)
    words = {"slug": f"mentor-{n:05}", "name": name or f"Mentor {n:05}", "approved_at": clock.now()}
    words["organisation"] = fields.pop("organisation", None) or body()
    found = Mentor.objects.create(**words | fields)
    Seat.objects.bulk_create(Seat(mentor=found, n=k) for k in range(1, seats + 1))
    if answered:
        person(Role.MENTOR, organisation=found.organisation)
    return found


def offer(**fields) -> Mentorship:
    """A mentorship that is offered to a mentor and to an entry with one person each."""
    to = fields.pop("pathfinder", None) or entry(published=False, people=[person()])
    by = fields.pop("by", None) or coordinator()
    whom = fields.pop("mentor", None) or mentor()
    return mentoring.offer(to, whom, by=by, seen=to.revision, why="Both care for people.")


def sides(mentorship: Mentorship) -> tuple[User, User]:
    """Whoever answers for the mentor, and for the pathfinder."""
    return mentorship.mentor.people().first(), mentorship.pathfinder.people.first()


def due(mentorship: Mentorship, days: int) -> Mentorship:
    """An offer whose day to answer is so many days from today."""
    day = clock.today() + datetime.timedelta(days=days)
    offered_on = day - datetime.timedelta(days=20)
    Mentorship.objects.filter(pk=mentorship.pk).update(offered_on=offered_on, answer_by=day)
    mentorship.refresh_from_db()
    return mentorship
