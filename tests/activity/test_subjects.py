"""What the outbox asks of a record that another record stands for."""

import pytest

from activity import outbox, subjects
from activity.models import Notification
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def message():
    user = UserFactory()
    (row,) = outbox.tell("account.password_changed", user, [user])
    return row


def test_mail_about_a_record_that_is_gone_is_held():
    assert subjects.guard_as("accounts.user", 0, message()) == "record-gone"


def test_mail_about_a_kind_that_nobody_registered_is_held():
    row = message()
    assert subjects.guard_as("activity.notification", row.pk, row) == "record-gone"


def test_a_record_without_a_guard_holds_no_mail():
    row = message()
    assert subjects.guard_as("accounts.user", row.user_id, row) is None


def test_mail_about_no_record_has_none():
    outbox.tell_address("account.unknown", "a@home.example")
    row = Notification.objects.get()
    assert subjects.record_of(row) is None
