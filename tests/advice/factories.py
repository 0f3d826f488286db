"""People and enquiries for the tests of the advice line, made by the actions that make real ones."""

import datetime
import itertools
import uuid
from typing import Any

import time_machine
from django.core import signing

from accounts.models import Appointment, Organisation, OrganisationKind, Role, User
from activity import clock, links
from activity.actors import LinkHolder
from advice.answers.steps import HELD_FOR
from advice.intake import actions
from advice.intake.actions import Enquirer
from advice.intake.forms import SALT
from advice.intake.models import Enquiry, Topic

numbers = itertools.count(1)

# What must never be where it does not belong: searched for in pages, mails and events.
CANARIES = {
    "name": "Wilhelmina Canary",
    "email": "wilhelmina.canary@home.example",
    "telephone": "0116 496 0999",
    "safe_ways": "only after the canary sings",
    "employer_name": "Canary Row Health Authority",
}
CANARY_WORDS = "May eight canaries leave the cage together?"


def provider(slug: str = "employee-ownership-association") -> Organisation:
    """One of the three that reference data holds."""
    return Organisation.objects.get(slug=slug)


def somebody(role: Role | None = None, body: Organisation | None = None) -> User:
    """A user, with a role in a body when one is given; a new object, so nothing is cached."""
    number = next(numbers)
    user = User.objects.create_user(f"person{number}@office.example", name=f"Person {number:05}")
    if role is not None:
        body = body or provider()
        since = datetime.date(2011, 1, 4)
        Appointment.objects.create(user=user, role=role, organisation=body, starts_on=since)
    return user


def adviser(body: Organisation | None = None) -> User:
    return somebody(Role.ADVISER, body)


def advice_lead(body: Organisation | None = None) -> User:
    return somebody(Role.ADVICE_LEAD, body)


def again(user: User) -> User:
    """The same person in a later request: roles are read once a user object."""
    return User.objects.get(pk=user.pk)


def employer(name: str = "Leicester Trust", domain: str = "leicester.example") -> Organisation:
    kind = OrganisationKind.NHS_TRUST
    slug = f"employer-{next(numbers):05}"
    return Organisation.objects.create(name=name, slug=slug, kind=kind, mail_domains=[domain])


def enquiry(topic: str | None = "STF-1", words: str = CANARY_WORDS, **fields: Any) -> Enquiry:
    """An enquiry as the form makes one; STF-1 is led by the Employee Ownership Association."""
    who = Enquirer(**{name: fields.pop(name) for name in list(fields) if name in vars(Enquirer())})
    found = Topic.objects.get(code=topic) if topic else None
    return actions.receive(words=words, enquirer=who, topic=found, **fields)


def canary(**fields: Any) -> Enquiry:
    """An enquiry whose every secret can be searched for."""
    return enquiry(**{**CANARIES, **fields})


def held(user: User, **fields: Any) -> Enquiry:
    """An enquiry that an adviser has taken."""
    from advice.queue.actions import claim  # noqa: PLC0415  the queue is not there for every test

    fresh = enquiry(**fields)
    return claim(enquiry=fresh, seen=fresh.revision, by=again(user))


def holder(of: Enquiry, *, proved: bool = True, address: str = "") -> LinkHolder:
    """The enquirer, come in by the private link."""
    return LinkHolder("advice.mine", "advice.enquiry", of.pk, address, proved)


def link(client: Any, of: Enquiry, *, proved: bool = True, address: str = "") -> str:
    """Let a test's browser in by a private link; returns the token."""
    token = links.issue("advice.mine", of, address=address)
    session = client.session
    session["links"] = {**session.get("links", {}), links._hash(token): proved}
    session.save()
    return token


def began(seconds_ago: float = 60) -> str:
    """The sealed note of a form drawn a while ago."""
    at = clock.now().timestamp() - seconds_ago
    return signing.dumps([str(uuid.uuid4()), at], salt=SALT)


def typed(**answers: Any) -> dict[str, Any]:
    """The question form as a person fills it in."""
    return {
        "question": CANARY_WORDS,
        "employer_may_know": "no",
        "began": began(),
        **answers,
    }


def gone() -> Any:
    """A time in which whatever was sent before it can be taken back no more."""
    return time_machine.travel(clock.now() + HELD_FOR, tick=True)


def let_go(made: Enquiry) -> Enquiry:
    """The enquiry, with all that was sent past being taken back, as half a minute later."""
    made.messages.filter(goes_at__gt=clock.now()).update(goes_at=clock.now())
    return made
