"""People, bodies and entries for these tests: give what matters, the rest is plain."""

import datetime
import itertools

from accounts.models import Appointment, Organisation, OrganisationKind, Role, User
from activity import clock
from activity.actors import System
from pathfinders.register import actions
from pathfinders.register.choices import Status
from pathfinders.register.models import Pathfinder

numbers = itertools.count(1)


def body(name: str = "", **fields) -> Organisation:
    """A saved organisation."""
    n = next(numbers)
    words = {"slug": f"body-{n}", "name": name or f"Body {n}", "kind": OrganisationKind.NHS_TRUST}
    return Organisation.objects.create(**words | fields)


def person(*roles: Role, organisation: Organisation | None = None) -> User:
    """A saved user who holds these roles in one organisation."""
    n = next(numbers)
    user = User.objects.create_user(f"person{n}@home.example", name=f"Person {n}")
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
    words = {"name": f"Mutual {n:03}", "summary": "Nurses.", "reached_on": clock.today()}
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
