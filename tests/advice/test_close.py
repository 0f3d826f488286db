"""Closing an enquiry with what came of it, and taking one up again."""

import pytest
from django.urls import reverse

from activity.models import Event
from tests.advice.factories import adviser, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def address(made, name="close"):
    return reverse(f"advice:{name}", args=[made.reference])


def test_it_is_closed_with_its_outcome(client, user):
    made = held(user)
    form = {"seen": made.revision, "outcome": "signposted"}
    assert client.post(address(made), form).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.outcome) == ("closed", "signposted")
    assert Event.objects.get(kind="enquiry.close").data == {"outcome": "signposted"}
    assert b"We said who else to ask" in client.get(address(made, "enquiry")).content


@pytest.mark.parametrize("outcome", ["", "nonsense"])
def test_without_an_outcome_it_stays_open(client, user, outcome):
    made = held(user)
    page = client.post(address(made), {"seen": made.revision, "outcome": outcome}).content
    assert b"There is a problem" in page
    made.refresh_from_db()
    assert made.status == "with-adviser"


def test_it_is_taken_up_again_with_a_new_clock(client, user):
    made = held(user)
    client.post(address(made), {"seen": made.revision, "outcome": "helped"})
    made.refresh_from_db()
    first = made.due_at
    assert b"its clock begins anew" in client.get(address(made, "reopen")).content
    assert client.post(address(made, "reopen"), {"seen": made.revision}).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.adviser, made.outcome) == ("with-adviser", user, "")
    assert made.due_at >= first
    assert made.clock_from > made.received_at


def test_an_old_page_is_refused(client, user):
    made = held(user)
    response = client.post(address(made), {"seen": 0, "outcome": "helped"})
    assert response.status_code == 409
