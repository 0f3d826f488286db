"""Who acts, and which roles they hold today."""

import datetime

import pytest

from accounts.models import Role
from activity.actors import LinkHolder, System, holds, identity, roles_of
from tests.factories import AppointmentFactory, UserFactory, somebody

HOLDER = LinkHolder("advice.mine", "advice.enquiry", 7, "a@home.example")


@pytest.mark.django_db
def test_an_event_keeps_no_name_and_no_address():
    user = UserFactory()
    assert identity(user) == ("user", str(user.pk))
    assert identity(HOLDER) == ("link", "advice.mine:7")
    assert identity(System("outbox")) == ("system", "outbox")


@pytest.mark.django_db
def test_roles_are_read_once_for_a_user_object(django_assert_num_queries):
    user = somebody(Role.REVIEWER)
    with django_assert_num_queries(1):
        assert holds(user, Role.REVIEWER, Role.ADVISER)
        assert not holds(user, Role.MENTOR)


@pytest.mark.django_db
def test_a_role_that_ended_is_not_held():
    past = AppointmentFactory(ends_on=datetime.date(2012, 1, 4))
    assert roles_of(past.user) == frozenset()


def test_who_has_no_account_holds_no_role():
    assert roles_of(HOLDER) == frozenset()
    assert roles_of(System("outbox")) == frozenset()
