"""Handing over: to a colleague at once, to a provider's queue, always with the reason."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity.models import Event, Notification
from advice.intake.models import Enquiry, Note
from advice.queue import actions
from tests.advice.factories import CANARY_WORDS, advice_lead, adviser, again, held, provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def address(made):
    return reverse("advice:hand_over", args=[made.reference])


def typed(made, **also):
    return {"reason": "I am away", "seen": made.revision, "once": str(uuid.uuid4()), **also}


def test_a_colleague_has_it_and_is_told(client, user):
    made, colleague = held(user), adviser()
    response = client.post(address(made), typed(made, colleague=colleague.email))
    assert response.url == "/advice/desk/"
    made.refresh_from_db()
    assert (made.status, made.adviser) == ("with-adviser", colleague)
    assert Note.objects.get().words == "I am away"
    assert Notification.objects.get(kind="enquiry.hand_over").user == colleague
    assert Event.objects.get(kind="enquiry.hand_over").data == {}


def test_another_provider_gets_it_into_its_queue_with_its_words(client, user):
    made = held(user)
    client.post(address(made), typed(made, provider="co-operatives-uk"))
    made.refresh_from_db()
    assert (made.status, made.adviser, made.provider.slug) == ("queued", None, "co-operatives-uk")
    client.force_login(adviser(provider("co-operatives-uk")))
    there = reverse("advice:enquiry", args=[made.reference])
    assert CANARY_WORDS in client.get(there).content.decode()
    client.force_login(user)
    assert client.get(there).status_code == 404


def test_a_lead_hands_over_what_others_hold(client, user):
    made, colleague = held(user), adviser()
    client.force_login(advice_lead())
    client.post(address(made), typed(made, colleague=colleague.email))
    assert Enquiry.objects.get().adviser == colleague


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({}, "Choose one: a colleague or a queue"),
        ({"colleague": "COLLEAGUE", "provider": "co-operatives-uk"}, "Choose one: a colleague"),
        ({"colleague": "nobody@office.example"}, "Choose one of the answers"),
        ({"provider": "cabinet-office"}, "Choose one of the answers"),
        ({"provider": "co-operatives-uk", "reason": " "}, "Write why, for whoever gets it"),
    ],
)
def test_a_wrong_form_moves_nothing(client, user, wrong, sentence):
    made, colleague = held(user), adviser()
    chosen = {
        name: colleague.email if value == "COLLEAGUE" else value for name, value in wrong.items()
    }
    page = client.post(address(made), typed(made, **chosen)).content.decode()
    assert sentence in page
    assert "I am away" in page or "reason" in wrong
    assert f'value="{user.email}"' not in page
    made.refresh_from_db()
    assert made.adviser == user


def test_nobody_of_another_provider_can_be_given_it(user):
    made, stranger = held(user), adviser(provider("co-operatives-uk"))
    hand = {"reason": "x", "once": uuid.uuid4(), "seen": made.revision, "by": again(user)}
    with pytest.raises(PermissionDenied):
        actions.hand_over(enquiry=made, to=stranger, **hand)


def test_the_same_page_pressed_for_somebody_else_says_that_it_moved_on(client, user):
    made, first, second = held(user), adviser(), adviser()
    form = typed(made, colleague=first.email)
    assert client.post(address(made), form).status_code == 302
    assert client.post(address(made), form).status_code == 302
    assert Enquiry.objects.get().adviser == first
    response = client.post(address(made), {**form, "colleague": second.email})
    assert response.status_code == 409
    assert Enquiry.objects.get().adviser == first
    assert Note.objects.count() == 1
