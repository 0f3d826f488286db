"""People and bodies for tests, with no surprises: give what matters, the rest is plain.

Numbers in names are all as long, so that no name is found within another, and the first comes first.
"""

import datetime

import factory
from factory.django import DjangoModelFactory

from accounts.models import Appointment, Organisation, OrganisationKind, Role, User


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n:05}")
    email = factory.Sequence(lambda n: f"person{n}@home.example")
    password = factory.django.Password("a long enough secret")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Body {n:05}")
    slug = factory.Sequence(lambda n: f"body-{n:05}")
    kind = OrganisationKind.NHS_TRUST
    mail_domains = factory.Sequence(lambda n: [f"body{n}.example"])


class AppointmentFactory(DjangoModelFactory[Appointment]):
    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.REVIEWER
    starts_on = datetime.date(2011, 1, 4)


def somebody(*roles: Role, organisation: Organisation | None = None) -> User:
    """A saved user who holds these roles in one organisation."""
    user: User = UserFactory.create()
    body = organisation or (OrganisationFactory.create() if roles else None)
    for role in roles:
        AppointmentFactory.create(user=user, role=role, organisation=body)
    return user
