"""Who people are: what the database refuses."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Appointment, Organisation, Role
from tests.factories import AppointmentFactory, OrganisationFactory, UserFactory, somebody

pytestmark = pytest.mark.django_db

MAY = datetime.date(2026, 5, 1)
JUNE = datetime.date(2026, 6, 1)


def test_an_address_is_one_person_in_any_case():
    UserFactory(email="amira@home.example")
    with pytest.raises(IntegrityError, match="user_email_unique_in_any_case"), transaction.atomic():
        UserFactory(email="Amira@home.example")


def test_a_person_is_called_by_name_and_greeted_by_the_first_word():
    user = UserFactory(name="Amira Cole", email="a@home.example")
    assert (str(user), user.get_short_name()) == ("Amira Cole", "Amira")
    user.name = ""
    assert (str(user), user.get_short_name()) == ("a@home.example", "a@home.example")


def test_the_same_role_twice_at_a_time_is_refused():
    held = AppointmentFactory(starts_on=MAY)
    with (
        pytest.raises(IntegrityError, match="appointment_held_once_at_a_time"),
        transaction.atomic(),
    ):
        AppointmentFactory(
            user=held.user, role=held.role, organisation=held.organisation, starts_on=JUNE
        )


def test_a_role_may_be_held_again_from_the_day_it_ended():
    held = AppointmentFactory(starts_on=MAY, ends_on=JUNE)
    AppointmentFactory(
        user=held.user, role=held.role, organisation=held.organisation, starts_on=JUNE
    )
    assert Appointment.objects.current(MAY).get() == held
    assert Appointment.objects.current(JUNE).get() != held


def test_a_role_that_ends_before_it_starts_is_refused():
    with (
        pytest.raises(IntegrityError, match="appointment_ends_after_it_starts"),
        transaction.atomic(),
    ):
        AppointmentFactory(starts_on=JUNE, ends_on=MAY)


def test_a_body_knows_its_own_addresses_and_no_others():
    body = OrganisationFactory(mail_domains=["trust.nhs.uk"])
    assert body.owns_address("a@trust.nhs.uk")
    assert body.owns_address("a@Mail.TRUST.nhs.uk")
    assert not body.owns_address("a@nottrust.nhs.uk")
    assert not body.owns_address("a@nhs.uk")


def test_a_body_that_ended_is_not_in_being():
    ended = OrganisationFactory(starts_on=MAY, ends_on=JUNE)
    assert ended in Organisation.objects.in_being(MAY)
    assert ended not in Organisation.objects.in_being(JUNE)


def test_a_body_does_not_succeed_itself():
    body = OrganisationFactory()
    with (
        pytest.raises(IntegrityError, match="organisation_successor_is_another"),
        transaction.atomic(),
    ):
        Organisation.objects.filter(pk=body.pk).update(successor=body)


def test_only_public_bodies_employ_people_who_propose():
    trust = OrganisationFactory()
    OrganisationFactory(kind="advice-provider")
    assert list(Organisation.objects.employers()) == [trust]


def test_somebody_holds_what_they_were_appointed_to():
    assert somebody(Role.REVIEWER, Role.ADVISER).appointments.count() == 2
