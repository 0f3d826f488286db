"""A row in the same transaction as what happened, and one nudge."""

import datetime
import os
import subprocess
import sys

import pytest
from celery import Celery, current_app
from django.db import IntegrityError, transaction
from structlog.testing import capture_logs

from activity import clock, outbox
from activity.models import Notification
from tests.factories import UserFactory

NOBODY_LISTENS = "redis://127.0.0.1:1/0"
pytestmark = pytest.mark.django_db


def test_each_person_is_told_once():
    user = UserFactory()
    outbox.tell("a.b", user, [user, "jo@home.example", user])
    assert [row.recipient_address for row in Notification.objects.order_by("user")] == [
        user.email,
        "jo@home.example",
    ]


def test_one_transaction_asks_for_one_nudge(django_capture_on_commit_callbacks):
    user = UserFactory()
    with django_capture_on_commit_callbacks() as callbacks:
        outbox.tell("a.b", user, [user])
        outbox.tell("a.c", user, [user])
        outbox.tell_address("account.unknown", "jo@home.example")
    assert callbacks == [outbox.nudge]


def test_the_inbox_alone_needs_no_nudge(django_capture_on_commit_callbacks):
    user = UserFactory()
    with django_capture_on_commit_callbacks() as callbacks:
        outbox.tell("case.message", user, [user])
        outbox.tell("a.b", user, [])
    assert callbacks == []


def test_what_is_rolled_back_is_told_to_nobody():
    user = UserFactory()
    with transaction.atomic():
        outbox.tell("a.b", user, [user])
        transaction.set_rollback(True)
    assert not Notification.objects.exists()


def test_mail_that_has_not_left_can_be_kept():
    user = UserFactory()
    [earlier] = outbox.tell("a.b", user, [user])
    Notification.objects.update(created_at=clock.now() - datetime.timedelta(minutes=1))
    began = clock.now()
    outbox.tell("a.b", user, [user, "jo@home.example"])
    assert outbox.take_back("a.b", user, since=began)
    kept = Notification.objects.exclude(pk=earlier.pk)
    assert [row.held_because for row in kept] == [outbox.TAKEN_BACK] * 2
    earlier.refresh_from_db()
    assert earlier.held_at is None


def test_when_one_mail_has_left_none_of_them_is_kept():
    user, began = UserFactory(), clock.now()
    left, waiting = outbox.tell("a.b", user, [user, "jo@home.example"])
    Notification.objects.filter(pk=left.pk).update(attempts=1)
    assert not outbox.take_back("a.b", user, since=began)
    waiting.refresh_from_db()
    assert waiting.held_at is None


@pytest.mark.slow
def test_a_broker_that_is_away_is_noted_and_forgiven():
    nudge = "import django; django.setup(); from activity import outbox; outbox.nudge()"
    done = subprocess.run(
        [sys.executable, "-c", nudge],
        env=os.environ | {"REDIS_URL": NOBODY_LISTENS},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "broker_away" in done.stdout + done.stderr


def test_that_a_broker_is_away_is_logged_and_nothing_else():
    usual = current_app._get_current_object()
    away = Celery("away", set_as_current=False)
    away.config_from_object("django.conf:settings", namespace="CELERY")
    away.conf.broker_url = NOBODY_LISTENS
    away.set_current()
    try:
        with capture_logs() as logged:
            outbox.nudge()
    finally:
        away.close()
        usual.set_current()
    assert [(entry["event"], entry["log_level"]) for entry in logged] == [
        ("broker_away", "warning")
    ]


def test_a_message_goes_to_a_user_or_to_an_address():
    user = UserFactory()
    for wrong in ({}, {"user": user, "address": "a@home.example"}):
        with pytest.raises(IntegrityError, match="to_a_user_or_an_address"), transaction.atomic():
            Notification.objects.create(kind="a.b", **wrong)
