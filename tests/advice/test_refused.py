"""A step's page: whoever may not know of the step is refused before they hear where it stands."""

import pytest
from django.urls import reverse

from advice.intake import actions as intake
from advice.queue import actions as queue
from tests.advice.factories import advice_lead, adviser, again, enquiry, held, holder, link

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("press", ["get", "post"])
def test_a_lead_is_refused_a_claim_before_they_hear_that_it_moved_on(client, press):
    made = held(adviser())
    client.force_login(advice_lead())
    address = reverse("advice:claim", args=[made.reference])
    assert getattr(client, press)(address).status_code == 403


def test_whose_turn_it_is_not_hears_that_it_moved_on(client):
    owner = adviser()
    made = held(owner)
    queue.close(enquiry=made, outcome="helped", seen=made.revision, by=again(owner))
    client.force_login(adviser())
    page = client.get(reverse("advice:hand_over", args=[made.reference]))
    assert page.status_code == 409


@pytest.mark.parametrize("name", ["add", "withdraw"])
def test_the_enquirers_pages_are_not_drawn_once_it_is_over(client, name):
    made = enquiry()
    token = link(client, made)
    there = reverse(f"advice:{name}", args=[token])
    assert client.get(there).status_code == 200
    intake.withdraw(enquiry=made, seen=made.revision, by=holder(made))
    assert client.get(there).status_code == 409
    assert client.post(there, {}).status_code == 409
