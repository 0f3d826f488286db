"""The public first page, and the page after signing in."""

import gzip

import pytest
from django.urls import reverse

from accounts.models import User
from mutuals_portal import home
from pathfinders.register.choices import Status
from tests.pathfinders import factories as mutuals

pytestmark = pytest.mark.django_db


def test_home_says_what_the_right_is_and_is_not(client):
    text = client.get("/").content.decode()
    assert "Run your public service as a mutual" in text
    assert "not a law that you can enforce in court" in text
    assert "12 organisations and one person" in text
    assert "mutuals on the register" in text


def test_a_page_is_sent_packed_to_a_browser_that_unpacks(client):
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    whole = gzip.decompress(packed.content)
    assert b"Run your public service as a mutual" in whole
    assert len(packed.content) < len(whole) / 2


def test_home_costs_at_most_one_query(client, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(1):
        client.get("/")


def test_home_has_a_policy_that_allows_nothing_inline(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy


def test_home_offers_only_doors_that_open(client):
    response = client.get("/")
    for door in response.context["doors"]:
        assert client.get(door.href).status_code in (200, 302)


def test_start_asks_for_sign_in(client):
    response = client.get(reverse("start"))
    assert response["Location"] == f"{reverse('account_login')}?next=/start/"


def test_start_greets_nobody_with_an_empty_page(client):
    client.force_login(User.objects.create_user("amina@example.org", name="Amina"))
    response = client.get(reverse("start"))
    assert "Nothing waits for you." in response.content.decode()


def test_home_shows_each_further_way_as_soon_as_its_page_is_there(client):
    text = client.get("/").content.decode()
    for door in home.BESIDE:
        assert (str(door.text) in text) == bool(door.href)
        assert not door.href or f'href="{door.href}"' in text
    assert home.Door("proposals:no_such_page", "", "").href == ""


def test_home_counts_what_the_register_shows_and_no_draft_of_it(client):
    mutuals.entry(Status.IMPLEMENTATION)
    mutuals.entry(Status.APPRAISAL)
    mutuals.entry(Status.ESTABLISHED)
    mutuals.entry(Status.IMPLEMENTATION, published=False)
    tiles = client.get("/").context["tiles"][:2]
    assert [(str(each.number), str(each.beside)) for each in tiles] == [
        ("3", ""),
        ("1", "1 more is weighing it up"),
    ]
