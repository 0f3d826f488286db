"""What the worker is asked to do, done."""

import datetime

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from activity import clock, limits, outbox, tasks
from activity.models import DoorCount, Notification
from mutuals_portal.celery import app
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("task", [tasks.deliver, tasks.sweep], ids=lambda task: task.name)
def test_what_waits_is_sent(task, mailoutbox):
    user = UserFactory()
    outbox.tell("account.password_changed", user, [user])
    task()
    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert Notification.objects.get().sent_at is not None


def test_the_sweep_forgets_old_counts_and_keeps_new_ones():
    limits.knock("new", "somebody", within=datetime.timedelta(minutes=15))
    long_ago = clock.now() - datetime.timedelta(days=3)
    DoorCount.objects.create(door="old", key="x", window_at=long_ago, knocks=1)
    tasks.sweep()
    assert [count.door for count in DoorCount.objects.all()] == ["new"]


def test_a_session_that_has_ended_is_deleted():
    hour = datetime.timedelta(hours=1)
    for key, ends in (("ended", clock.now() - hour), ("going-on", clock.now() + hour)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    tasks.forget_sessions()
    assert [session.pk for session in Session.objects.all()] == ["going-on"]


def test_every_task_of_the_timetable_is_there():
    names = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    app.loader.import_default_modules()
    assert names <= app.tasks.keys()
