"""With the broker stopped, asking, taking and answering work; the sweep delivers later."""

import socket
import uuid

import pytest
from celery import Celery
from django.conf import settings
from django.urls import reverse

from activity import outbox
from activity.models import Notification
from advice.intake.models import Enquiry
from tests.advice.factories import adviser, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def no_broker(monkeypatch):
    """The portal's Celery, pointed at a port at which nobody listens."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    away = Celery("away", broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
    away.conf.update(
        broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        task_publish_retry_policy=settings.CELERY_TASK_PUBLISH_RETRY_POLICY,
    )
    monkeypatch.setattr(outbox, "current_app", away)


@pytest.mark.usefixtures("no_broker")
def test_asking_taking_and_answering_show_no_error(client, caplog):
    answers = typed(topic="STF-1", email="jo@home.example")
    assert client.post("/advice/ask/", answers).status_code == 302
    client.force_login(adviser())
    assert client.post("/advice/next/").status_code == 302
    made = Enquiry.objects.get()
    form = {"words": "Yes.", "seen": made.revision, "once": str(uuid.uuid4())}
    response = client.post(reverse("advice:reply", args=[made.reference]), form)
    assert response.status_code == 302
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert kinds == {"enquiry.receive", "enquiry.reply"}
    assert not Notification.objects.exclude(sent_at=None).exists()
    assert "broker_away" in caplog.text
