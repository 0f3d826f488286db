"""What an adviser takes, how much, and whether they are on duty: it decides what they are given."""

import datetime

import pytest

from activity import clock
from activity.models import Event
from advice.intake.models import AdvicePolicy, AdviserProfile, Enquiry, TopicGroup
from tests.advice.factories import advice_lead, adviser, enquiry, held, provider, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


@pytest.mark.slow
def test_whoever_is_off_duty_is_given_none_and_keeps_what_they_hold(client, user):
    mine, free = held(user), enquiry()
    for path in ("/advice/desk/", "/advice/queue/"):
        assert "Take the next enquiry</button>" in client.get(path).content.decode()
    client.post("/advice/duty/", {"duty": "off"})
    for path in ("/advice/desk/", "/advice/queue/", "/advice/next/"):
        page = client.get(path).content.decode()
        assert "You are off duty" in page
        assert "Take the next enquiry</button>" not in page
    response = client.post("/advice/next/")
    assert response.status_code == 403
    assert b"Come on duty" in response.content
    assert list(Enquiry.objects.held_by(user)) == [mine]
    client.post("/advice/duty/", {"duty": "on"})
    assert client.post("/advice/next/").url.endswith(f"{free.reference}/")
    assert AdviserProfile.objects.count() == 1


@pytest.mark.slow
def test_next_is_about_what_they_know_and_skills_are_asked_each_time(client, user):
    client.post("/advice/profile/", {"skills": ["FIN"], "most": ""})
    ballot = enquiry(received_at=clock.now() - datetime.timedelta(days=9))
    page = client.get("/advice/next/").content.decode()
    assert "1 waits that is about something else than you take." in page
    assert "of another provider" not in page
    assert client.post("/advice/next/").url == "/advice/next/"
    assert ballot.reference not in client.get("/advice/queue/").content.decode()
    money, unsure = enquiry("FIN-3"), enquiry(None)
    assert client.post("/advice/next/").url.endswith(f"{money.reference}/")
    assert client.post("/advice/next/").url.endswith(f"{unsure.reference}/")
    client.post("/advice/profile/", {"most": ""})
    assert client.post("/advice/next/").url.endswith(f"{ballot.reference}/")


def test_urgent_comes_before_late_and_is_said(client, user):
    enquiry(received_at=clock.now() - datetime.timedelta(days=9))
    urgent = enquiry()
    Enquiry.objects.filter(pk=urgent.pk).update(urgent=True)
    assert (
        "It is urgent, and urgent ones come first." in client.get("/advice/next/").content.decode()
    )
    page = client.get("/advice/queue/").content.decode()
    assert page.index(urgent.reference) < page.index("is-late")
    client.post("/advice/next/")
    assert Event.objects.get(kind="enquiry.claim").data == {"why": "urgent"}
    assert Event.objects.get(kind="enquiry.claim").subject_id == urgent.pk


def test_their_own_limit_counts_where_it_is_lower(client, user):
    client.post("/advice/profile/", {"most": "1"})
    held(user), enquiry()
    assert b"You hold 1 of 1." in client.post("/advice/next/").content
    AdvicePolicy.objects.update(enquiries_each=2)
    client.post("/advice/profile/", {"most": "900"})
    assert client.post("/advice/next/").status_code == 302
    enquiry()
    assert b"You hold 2 of 2." in client.post("/advice/next/").content


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"skills": ["\x00"]}, "There is a problem"),
        ({"skills": ["<b>"]}, "Choose from the topics on this page"),
        ({"most": "0"}, "There is a problem"),
        ({"most": "9" * 100_000}, "There is a problem"),
        ({"most": "many"}, "There is a problem"),
    ],
)
def test_what_cannot_be_read_is_told(client, user, typed, sentence):
    page = client.post("/advice/profile/", typed)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not AdviserProfile.objects.filter(most__isnull=False).exists()


def test_what_was_chosen_is_shown_again(client, user):
    client.post("/advice/profile/", {"skills": ["FIN", "STF"], "most": "3"})
    shown = client.get("/advice/profile/").context["form"].initial
    assert (sorted(shown["skills"]), shown["most"]) == (["FIN", "STF"], 3)
    profile = AdviserProfile.objects.get(user=user)
    assert set(profile.skills.all()) == set(TopicGroup.objects.filter(code__in=["FIN", "STF"]))


def test_only_advisers_have_a_profile_and_reading_writes_nothing(client, user):
    client.get("/advice/profile/"), client.get("/advice/desk/"), client.get("/advice/next/")
    assert client.get("/advice/duty/").status_code == 405
    assert not AdviserProfile.objects.exists()
    for who in (advice_lead(provider()), somebody()):
        client.force_login(who)
        assert client.get("/advice/profile/").status_code == 403
        for path in ("/advice/profile/", "/advice/duty/"):
            assert client.post(path, {"duty": "off"}).status_code == 403
    assert not AdviserProfile.objects.exists()
