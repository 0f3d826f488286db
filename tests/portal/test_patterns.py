"""The pattern page: who may read it, and that every component and every class of ours is on it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from mutuals_portal.patterns.views import GROUPS
from tests.factories import UserFactory, somebody
from tests.house.whole import faults

pytestmark = pytest.mark.django_db
COMPONENTS: Path = settings.BASE_DIR / "templates" / "components"


@pytest.fixture
def elsewhere(settings):
    settings.EMBEDDED = False


def page(client, user=None):
    if user:
        client.force_login(user)
    return client.get("/patterns/")


@pytest.mark.slow
def test_a_real_portal_shows_it_to_administrators_alone(client, elsewhere):
    assert page(client).status_code == 404
    assert page(client, UserFactory()).status_code == 404
    for role in Role:
        answer = page(client, somebody(role))
        assert answer.status_code == (200 if role == Role.ADMINISTRATOR else 404), role


def test_whoever_works_on_the_portal_reads_it_without_an_account(client):
    assert page(client).status_code == 200
    assert client.post("/patterns/").status_code == 405


def test_no_page_that_the_public_is_shown_links_to_it(client):
    for address in ("/", "/pathfinders/", "/accounts/sign-in/", "/about/help/"):
        assert "/patterns/" not in client.get(address).content.decode()


def test_every_component_is_drawn_on_it(client):
    answer = page(client, somebody(Role.ADMINISTRATOR))
    drawn = {template.name for template in answer.templates}
    ours = {f"components/{path.relative_to(COMPONENTS)}" for path in COMPONENTS.rglob("*.html")}
    # It begins by a message, as after something was saved: shown in the browser's test.
    assert ours - drawn - {"components/messages.html"} == set()


def test_it_is_whole(client):
    text = page(client, somebody(Role.ADMINISTRATOR)).content.decode()
    assert list(faults("/patterns/", text)) == []


def test_each_pattern_says_when_to_use_it_and_what_draws_it(client):
    text = page(client).content.decode()
    patterns = [one for make in GROUPS for one in make().patterns]
    assert len(patterns) > 50
    assert len({one.slug for one in patterns}) == len(patterns)
    for one in patterns:
        assert str(one.when).endswith(".")
        assert text.count(f'href="#{one.slug}"') == text.count(f'id="{one.slug}"') == 1
    assert text.count('class="app-pattern__line"') >= len(patterns)


def test_it_costs_no_query_for_what_it_shows(client):
    with CaptureQueriesContext(connection) as queries:
        page(client)
    assert len(queries) == 0


def test_nothing_that_people_typed_is_markup(client):
    text = page(client).content.decode()
    assert "<b>no bold</b>" not in text
    assert re.search(r"&lt;b&gt;Wolds", text)
