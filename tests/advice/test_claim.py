"""Taking a given enquiry."""

import pytest
from django.urls import reverse

from advice.intake.models import Enquiry
from advice.queue import actions
from tests.advice.factories import adviser, enquiry, provider

pytestmark = pytest.mark.django_db


def address(made):
    return reverse("advice:claim", args=[made.reference])


def test_a_press_takes_it(client):
    made, user = enquiry(), adviser()
    client.force_login(user)
    assert b"leads on this topic" in client.get(address(made)).content
    response = client.post(address(made), {"seen": made.revision})
    assert response.url == reverse("advice:enquiry", args=[made.reference])
    assert Enquiry.objects.get().adviser == user


def test_who_is_slower_sees_that_it_has_moved_on(client):
    made = enquiry()
    actions.claim(enquiry=made, seen=0, by=adviser())
    client.force_login(adviser())
    response = client.post(address(made), {"seen": 0})
    assert response.status_code == 409
    assert b"Somebody has already moved this on" in response.content
    assert client.get(address(made)).status_code == 409


def test_another_providers_is_refused_with_the_reason(client):
    made = enquiry()
    client.force_login(adviser(provider("co-operatives-uk")))
    response = client.get(address(made))
    assert response.status_code == 403
    assert b"Employee Ownership Association has this one." in response.content


@pytest.mark.parametrize("seen", ["", "-1", "abc", "9" * 40, "1\x00"])
def test_a_bent_form_takes_nothing(client, seen):
    made = enquiry()
    client.force_login(adviser())
    assert client.post(address(made), {"seen": seen}).status_code in (200, 409)
    assert Enquiry.objects.get().status == "queued"
