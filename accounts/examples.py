"""The example people: one a role, all with one password, for the embedded database only."""

from __future__ import annotations

import datetime
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.finding import await_body
from accounts.models import Appointment, Organisation, Role, User

PASSWORD = "example-only-2010"  # noqa: S105  printed at every start, refused elsewhere
# A name that somebody typed as not in the register, for an administrator to answer.
AWAITED = "Example: Wash Rescue Trust"
SINCE = datetime.date(2011, 1, 4)

# key -> (name, role, slug of the organisation it is held in)
PEOPLE: dict[str, tuple[str, Role | None, str]] = {
    "lead": ("Amira Cole", None, ""),
    "editor": ("Jo Bannister", None, ""),
    "signer": ("Priya Nair", None, ""),
    "reviewer": ("Daniel Okoro", Role.REVIEWER, "cabinet-office"),
    "decision_maker": ("Helen Marsh", Role.DECISION_MAKER, "cabinet-office"),
    "second_decision_maker": ("Ruth Adeyemi", Role.DECISION_MAKER, "cabinet-office"),
    "coordinator": ("Tom Fairley", Role.COORDINATOR, "cabinet-office"),
    "adviser": ("Nia Rees", Role.ADVISER, "local-partnerships"),
    "advice_lead": ("Sam Whitfield", Role.ADVICE_LEAD, "local-partnerships"),
    "mentor": ("Grace Oduya", Role.MENTOR, "john-lewis-partnership"),
    "challenge_group": ("Ian Price", Role.CHALLENGE_GROUP, "john-lewis-partnership"),
    "administrator": ("Lena Novak", Role.ADMINISTRATOR, "cabinet-office"),
    "observer": ("Mark Ellis", Role.OBSERVER, "cabinet-office"),
}


def load() -> dict[str, User]:
    """Make the example people and return them by key; a second time changes nothing."""
    await_body(AWAITED)
    return {key: _person(key) for key in PEOPLE}


@cache
def _hashed() -> str:
    """The one password of them all: hashing it is slow on purpose, so it is done once."""
    return make_password(PASSWORD)


def address(key: str) -> str:
    """The address that an example person signs in with."""
    return f"{key.replace('_', '.')}@example.org"


def _person(key: str) -> User:
    name, role, organisation = PEOPLE[key]
    user = User.objects.filter(email=address(key)).first()
    if user is None:
        user = User.objects.create(
            email=address(key), name=name, password=_hashed(), is_example=True
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if role is Role.ADMINISTRATOR:
            user.is_staff = user.is_superuser = True
            user.save(update_fields=["is_staff", "is_superuser"])
        if role is not None:
            body = Organisation.objects.get(slug=organisation)
            Appointment.objects.create(user=user, role=role, organisation=body, starts_on=SINCE)
    return user
