"""The roles of a person with the bodies they are held in."""

import datetime

import pytest

from accounts.models import Appointment, Organisation, OrganisationKind, Role, User
from activity.actors import System, appointments_of, roles_of


@pytest.mark.django_db
def test_roles_and_their_bodies_are_read_in_one_query(django_assert_num_queries):
    user = User.objects.create_user("a@home.example")
    body = Organisation.objects.create(slug="a", name="A", kind=OrganisationKind.ADVICE_PROVIDER)
    since = datetime.date(2011, 1, 4)
    Appointment.objects.create(user=user, role=Role.ADVISER, organisation=body, starts_on=since)
    Appointment.objects.create(
        user=user,
        role=Role.MENTOR,
        organisation=body,
        starts_on=since,
        ends_on=datetime.date(2012, 1, 4),
    )
    with django_assert_num_queries(1):
        assert [each.organisation.name for each in appointments_of(user)] == ["A"]
        assert roles_of(user) == {Role.ADVISER}


def test_who_has_no_account_holds_no_appointment():
    assert appointments_of(System("outbox")) == ()
