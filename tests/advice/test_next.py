"""Taking the next enquiry: which one, why, and when there is none."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Role
from activity import clock
from activity.models import Event
from advice.intake.models import AdvicePolicy, Enquiry
from tests.advice.factories import CANARY_WORDS, advice_lead, adviser, enquiry, held, provider

pytestmark = pytest.mark.django_db


def test_what_is_due_first_comes_first(client):
    later = enquiry()
    first = enquiry(received_at=clock.now() - datetime.timedelta(days=10))
    user = adviser()
    client.force_login(user)
    assert client.post("/advice/next/").url == reverse("advice:enquiry", args=[first.reference])
    first.refresh_from_db()
    assert (first.status, first.adviser, first.provider.slug) == (
        "with-adviser",
        user,
        "employee-ownership-association",
    )
    later.refresh_from_db()
    assert later.status == "queued"
    event = Event.objects.get(kind="enquiry.claim")
    assert (event.before, event.after) == ("queued", "with-adviser")
    assert event.data == {"why": "late"}


def test_the_page_says_which_one_and_why(client):
    enquiry(received_at=clock.now() - datetime.timedelta(days=10))
    client.force_login(adviser())
    page = client.get("/advice/next/").content.decode()
    assert CANARY_WORDS in page
    assert "late comes first" in page
    assert "Employee Ownership Association leads on this topic." in page


def test_looking_takes_nothing(client):
    enquiry()
    client.force_login(adviser())
    client.get("/advice/next/")
    assert Enquiry.objects.get().status == "queued"


def test_an_empty_queue_counts_nothing(client):
    client.force_login(adviser())
    page = client.get("/advice/next/").content.decode()
    assert "There is nothing for you to take." in page
    assert "in the queue" not in page.split("There is nothing")[1].split("</p>")[0]


def test_another_providers_queue_is_not_touched(client):
    enquiry("WRK-2")
    client.force_login(adviser())
    assert client.post("/advice/next/").url == "/advice/next/"
    page = client.get("/advice/next/").content.decode()
    assert "There is nothing for you to take." in page
    assert "1 waits in the queue of another provider" in page
    assert Enquiry.objects.get().status == "queued"


def test_who_holds_enough_is_told_so_and_gets_no_button(client):
    AdvicePolicy.objects.update(enquiries_each=1)
    user = adviser()
    held(user)
    enquiry()
    client.force_login(user)
    page = client.get("/advice/next/")
    assert "You hold 1 of 1." in page.content.decode()
    refused = client.post("/advice/next/")
    assert refused.status_code == 403
    assert "You hold 1 of 1. Answer one or hand one over first." in refused.content.decode()
    assert b"Your role" not in refused.content
    assert b"Take the next enquiry</button>" not in refused.content
    assert Enquiry.objects.in_hand_of(user).count() == 1


def test_who_waits_for_the_enquirer_has_room(client):
    AdvicePolicy.objects.update(enquiries_each=1)
    user = adviser()
    mine = held(user)
    client.force_login(user)
    address = reverse("advice:wait", args=[mine.reference])
    once = "6f1c1f2e-0000-4000-8000-000000000001"
    client.post(address, {"words": "Which?", "seen": mine.revision, "once": once})
    second = enquiry()
    assert client.post("/advice/next/").url == reverse("advice:enquiry", args=[second.reference])


def test_it_costs_at_most_eight_queries(client, django_assert_max_num_queries):
    enquiry()
    client.force_login(adviser())
    client.get("/advice/next/")
    with django_assert_max_num_queries(8):
        client.get("/advice/next/")


def test_one_that_nobody_leads_on_goes_to_whoever_takes_it(client):
    enquiry(topic=None)
    client.force_login(adviser(provider("local-partnerships")))
    client.post("/advice/next/")
    assert Enquiry.objects.get().provider.slug == "local-partnerships"


def test_adviser_in_one_and_lead_in_another_gets_what_the_first_may_take(client):
    elsewhere = enquiry("LEG-1", received_at=clock.now() - datetime.timedelta(days=10))
    ours, user = enquiry(), adviser()
    since = datetime.date(2011, 1, 4)
    body = provider("co-operatives-uk")
    user.appointments.create(role=Role.ADVICE_LEAD, organisation=body, starts_on=since)
    client.force_login(user)
    assert "has this one" not in client.get("/advice/next/").content.decode()
    assert client.post("/advice/next/").url == reverse("advice:enquiry", args=[ours.reference])
    elsewhere.refresh_from_db()
    assert elsewhere.status == "queued"


@pytest.mark.parametrize("press", ["get", "post"])
def test_a_lead_alone_takes_none(client, press):
    enquiry()
    client.force_login(advice_lead())
    response = getattr(client, press)("/advice/next/")
    assert response.status_code == 403
    assert b"Only advisers take enquiries." in response.content
    assert Enquiry.objects.get().status == "queued"


def test_the_most_that_one_holds_is_that_of_today(client):
    user = adviser()
    held(user)
    old = enquiry()
    AdvicePolicy.objects.create(starts_on=clock.today(), enquiries_each=1)
    assert old.policy.enquiries_each == 8
    client.force_login(user)
    assert "You hold 1 of 1." in client.get("/advice/next/").content.decode()
    assert client.post("/advice/next/").status_code == 403
