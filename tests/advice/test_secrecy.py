"""Who may know of an enquiry, and who may know what it says. Canaries sing where they must not."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import Role
from activity.actors import System
from activity.models import Event, Notification
from advice.intake.models import Enquiry
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    advice_lead,
    adviser,
    canary,
    employer,
    enquiry,
    held,
    holder,
    provider,
    somebody,
)

pytestmark = pytest.mark.django_db

SECRETS = [*CANARIES.values(), CANARY_WORDS, "canar"]
OTHER = "co-operatives-uk"


def assert_silent(text):
    for secret in SECRETS:
        assert secret.lower() not in text.lower()


def test_every_adviser_may_know_that_there_is_one():
    made = enquiry()
    for reader in (adviser(), advice_lead(), adviser(provider(OTHER))):
        assert list(Enquiry.objects.visible_to(reader)) == [made]


def test_only_the_provider_that_holds_it_may_read_it():
    made = enquiry()
    for reader in (adviser(), advice_lead()):
        assert list(Enquiry.objects.readable_by(reader)) == [made]
    for stranger in (adviser(provider(OTHER)), advice_lead(provider(OTHER))):
        assert not Enquiry.objects.readable_by(stranger).exists()


def test_nobody_may_read_what_nobody_holds():
    enquiry(topic=None)
    for reader in (adviser(), advice_lead(), adviser(provider(OTHER))):
        assert not Enquiry.objects.readable_by(reader).exists()


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.ADVISER, Role.ADVICE_LEAD)]
)
def test_no_other_role_may_know_of_any(role):
    enquiry()
    official = somebody(role, employer())
    assert not Enquiry.objects.visible_to(official).exists()
    assert not Enquiry.objects.readable_by(official).exists()


def test_the_enquirer_may_know_of_theirs_alone():
    mine = enquiry()
    enquiry()
    assert list(Enquiry.objects.visible_to(holder(mine))) == [mine]
    assert list(Enquiry.objects.readable_by(holder(mine))) == [mine]


def test_a_job_of_ours_reads_none():
    enquiry()
    assert not Enquiry.objects.visible_to(System("outbox")).exists()


VIEWS = ["open", "mine", "provider", "unassigned", "waiting", "late", "all"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("topic", ["STF-1", None])
def test_the_queue_of_another_provider_sings_no_canary(client, view, topic):
    canary(topic=topic)
    client.force_login(adviser(provider(OTHER)))
    page = client.get("/advice/queue/", {"view": view})
    assert page.status_code == 200
    assert_silent(page.content.decode())


def test_the_queue_tells_other_providers_topic_age_and_due_time(client):
    made = canary()
    client.force_login(adviser(provider(OTHER)))
    page = client.get("/advice/queue/?view=all").content.decode()
    for fact in (made.reference, "Whether we need a ballot", "First reply by", "Form,"):
        assert fact in page


def test_the_queue_of_its_provider_shows_the_question_and_never_the_employer(client):
    canary()
    client.force_login(adviser())
    page = client.get("/advice/queue/").content.decode()
    assert CANARY_WORDS in page
    assert CANARIES["employer_name"] not in page
    assert CANARIES["name"] not in page


@pytest.mark.parametrize("path", ["/advice/desk/", "/advice/next/"])
def test_other_pages_of_another_provider_sing_no_canary(client, path):
    canary(topic=None)
    client.force_login(adviser(provider(OTHER)))
    assert_silent(client.get(path).content.decode())


def test_the_page_that_takes_one_sings_no_canary(client):
    made = canary(topic=None)
    client.force_login(adviser(provider(OTHER)))
    page = client.get(reverse("advice:claim", args=[made.reference]))
    assert page.status_code == 200
    assert_silent(page.content.decode())


def test_events_keep_no_canary():
    user = adviser()
    held(user, **CANARIES)
    for event in Event.objects.all():
        assert_silent(f"{event.kind} {event.actor_id} {event.data}")


def test_the_outbox_keeps_an_address_and_no_words():
    canary()
    row = Notification.objects.values().get()
    row.pop("address")
    assert_silent(str(row))


PAGES = ["enquiry", "reply", "wait", "note", "hand_over", "close", "reopen"]


@pytest.mark.parametrize("name", PAGES)
def test_another_providers_enquiry_is_not_found(client, name):
    made = canary()
    client.force_login(adviser(provider(OTHER)))
    address = reverse(f"advice:{name}", args=[made.reference])
    assert client.get(address).status_code == 404
    for response in (client.get(address), client.post(address, {"words": "x"})):
        assert response.status_code in (404, 405)
        assert_silent(response.content.decode())


@pytest.mark.parametrize("name", [*PAGES, "claim"])
def test_an_enquiry_that_is_not_there_is_not_found(client, name):
    client.force_login(adviser())
    assert client.get(reverse(f"advice:{name}", args=["ENQ-2026-999999"])).status_code == 404
    assert client.get(f"/advice/enquiries/ENQ-2026-\x00/{name}/").status_code == 404


LISTS = ["/advice/desk/", "/advice/queue/", "/advice/next/"]


@pytest.mark.parametrize("path", LISTS)
def test_who_is_no_adviser_is_refused(client, path):
    for who in (somebody(), somebody(Role.REVIEWER, employer())):
        client.force_login(who)
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", LISTS)
def test_who_is_not_signed_in_is_asked_to(client, path):
    assert client.get(path).url.startswith("/accounts/sign-in/")
    assert client.post("/advice/next/").url.startswith("/accounts/sign-in/")


def test_nobody_signed_in_holds_nothing():
    enquiry()
    assert not Enquiry.objects.visible_to(AnonymousUser()).exists()


def test_a_lead_who_is_no_adviser_takes_none(client):
    enquiry()
    client.force_login(advice_lead())
    assert client.post("/advice/next/").status_code == 403
