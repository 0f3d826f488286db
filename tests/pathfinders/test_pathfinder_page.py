"""The page of one entry: facts, what is not known, the journey, bodies and their successors."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathfinders import reference
from pathfinders.register.choices import Form, Region, Sector, Status, Type
from pathfinders.register.models import Pathfinder
from tests.pathfinders import factories

pytestmark = pytest.mark.django_db


def html(client, pathfinder) -> str:
    page = client.get(pathfinder.get_absolute_url())
    assert page.status_code == 200
    return page.content.decode()


def test_every_real_one_has_its_page_with_its_source(client):
    reference.load()
    for found in Pathfinder.objects.all():
        words = html(client, found)
        assert "Source: " in words
        assert "Announced on" in words


def test_what_no_source_gives_is_said(client):
    reference.load()
    words = html(client, Pathfinder.objects.get(slug="circle-healthcare"))
    assert words.count("Not known. No source gives it.") == 2  # place, staff
    assert "Which stage it had reached: the sources name none." in words
    assert "Stage not known" in words
    assert "900" in words


def test_our_readings_are_labelled(client):
    reference.load()
    words = html(client, Pathfinder.objects.get(slug="mansfield-housing-support"))
    assert "Our reading of “forming”, said on 17 August 2010" in words
    assert words.count("(our reading)") == 2  # service, region


def test_an_entry_with_every_fact_lacks_nothing(client):
    full = factories.entry(
        Status.FIRST_YEAR,
        type=Type.SPIN_OUT,
        sector=Sector.YOUTH,
        form=Form.CIC,
        places=["Leeds"],
        regions=[Region.YORKSHIRE],
        staff=12,
        announced_on=datetime.date(2026, 1, 5),
        parents={"A body": None},
    )
    words = html(client, full)
    assert "Not known" not in words
    assert "Nothing that this page asks for is missing." in words


def test_a_body_that_ended_is_shown_with_its_successor(client):
    ended = factories.body(
        "Old Trust",
        ends_on=datetime.date(2013, 4, 1),
        successor=factories.body("New Trust"),
    )
    words = html(client, factories.entry(parents={"Old Trust": ended}))
    assert "ended in 2013" in words
    assert "now New Trust" in words


def test_an_example_says_so(client):
    assert "Example" in html(client, factories.entry(is_example=True)).split("<h1")[0]


def test_html_in_a_name_is_shown_as_it_was_typed(client):
    words = html(client, factories.entry(name="<b>Nurses</b> & co"))
    assert "&lt;b&gt;Nurses&lt;/b&gt; &amp; co" in words


@pytest.mark.parametrize("address", ["PF-9999", "PF-1", "pf-0001", "MEN-0001", "PF-0001%00"])
def test_what_is_no_reference_is_not_found(client, address):
    assert client.get(f"/pathfinders/{address}/").status_code == 404


def test_it_costs_at_most_8_queries_for_anybody(
    client, as_, coordinator, django_assert_max_num_queries
):
    people = [factories.person() for _ in range(3)]
    parents = {f"Body {n}": factories.body() for n in range(3)}
    found = factories.entry(people=people, parents=parents)
    for browser in (client, as_(people[0]), as_(coordinator)):
        with django_assert_max_num_queries(8):
            html(browser, found)


def test_looking_writes_nothing(client):
    found = factories.entry()
    with CaptureQueriesContext(connection) as queries:
        html(client, found)
        client.get("/pathfinders/", {"q": "nurses"})
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
