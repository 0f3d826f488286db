"""Mail to advisers: the reference and nothing else, and only while the enquiry is theirs."""

import pytest
from django.core import mail

from activity import delivery, outbox
from activity.models import Notification
from tests.advice.factories import CANARIES, CANARY_WORDS, adviser, canary, enquiry

pytestmark = [pytest.mark.django_db(transaction=True)]


def deliver():
    delivery.deliver_waiting()
    return mail.outbox


def assert_silent(message):
    whole = f"{message.subject}\n{message.body}\n{message.from_email}"
    for secret in (*CANARIES.values(), CANARY_WORDS, "canar", "Whether we need a ballot"):
        assert secret not in whole


def test_an_adviser_who_may_not_read_it_is_not_told():
    made = enquiry("WRK-2")
    outbox.tell("enquiry.hand_over", made, [adviser()])
    assert deliver() == []
    assert Notification.objects.get().held_because == "not-theirs-now"


@pytest.mark.parametrize("kind", ["enquiry.hand_over", "enquiry.add", "enquiry.withdraw"])
def test_an_adviser_is_told_the_reference_alone(kind):
    made = canary(email="")
    outbox.tell(kind, made, [adviser()])
    # What is for the inbox alone would say no more if it were mailed.
    Notification.objects.update(mailed=True)
    (message,) = deliver()
    assert made.reference in message.subject + message.body
    assert f"/advice/enquiries/{made.reference}/" in message.body
    assert_silent(message)
