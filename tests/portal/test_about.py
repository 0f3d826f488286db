"""The guides at the foot of every page: each is there, and what they say of the portal is so."""

import html5lib
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from mutuals_portal import guides
from mutuals_portal.about import COOKIES, GUIDES
from tests.factories import UserFactory, somebody


@pytest.mark.django_db
@pytest.mark.parametrize("slug", GUIDES)
def test_each_guide_opens_from_the_foot_of_every_page_without_a_query(client, slug):
    assert f'href="/about/{slug}/"' in client.get("/accounts/sign-in/").content.decode()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(f"/about/{slug}/")
    assert page.status_code == 200
    assert f'<h1 class="govuk-heading-l">{GUIDES[slug]}</h1>' in page.content.decode()
    assert len(queries) == 0


@pytest.mark.django_db
def test_there_is_no_other_guide(client):
    assert client.get("/about/staff/").status_code == 404


@pytest.mark.django_db
def test_the_page_about_cookies_names_every_cookie_that_we_set(client):
    user = UserFactory()
    client.post("/accounts/sign-in/", {"login": user.email, "password": "a long enough secret"})
    client.post("/accounts/me/name/", {"name": "Amira Cole"})
    assert settings.SESSION_COOKIE_NAME in client.cookies
    assert "messages" in client.cookies
    assert client.cookies.keys() <= {str(cookie["name"]) for cookie in COOKIES}


@pytest.mark.django_db
def test_a_session_ends_with_the_browser_and_after_an_hour(client, settings):
    user = UserFactory()
    client.post("/accounts/sign-in/", {"login": user.email, "password": "a long enough secret"})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    lasts = client.session.get_expiry_age()
    assert 60 * 60 - 5 <= lasts <= 60 * 60


@pytest.mark.django_db
@pytest.mark.parametrize("each", guides.GUIDES, ids=lambda each: each.slug)
def test_a_guide_answers_all_four_questions_and_costs_a_visitor_no_query(client, each):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(each.href)
    assert page.status_code == 200
    main = html5lib.parse(page.content.decode(), namespaceHTMLElements=False).find(".//main")
    lists = [found for tag in ("ol", "ul") for found in main.iterfind(f".//{tag}")]
    assert [found.tag for found in lists] == ["ol", "ul", "ul", "ul"]
    assert all(len(found) >= 2 for found in lists)
    assert len(queries) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["observer", "help", "x"])
def test_there_is_no_guide_to_another_part(client, slug):
    assert client.get(f"/about/help/{slug}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ([], ["team-member"]),
        ([Role.REVIEWER], ["reviewer"]),
        ([Role.ADVISER, Role.ADVICE_LEAD], ["adviser", "advice-lead"]),
        ([Role.OBSERVER], []),
    ],
)
def test_a_readers_own_guides_come_first_and_lead_on_from_the_start_page(client, roles, first):
    reader = somebody(*roles)
    client.force_login(reader)
    assert [guide.slug for guide in client.get("/about/help/").context["guides"]][
        : len(first)
    ] == first
    assert [guide.slug for guide in guides.own(reader)] == first
    start = client.get("/start/").content.decode()
    assert [slug for slug in first if f'href="/about/help/{slug}/"' not in start] == []


@pytest.mark.django_db
def test_a_guide_links_to_a_roles_own_pages_only_for_who_has_the_role(client):
    own, theirs = (
        f'<a class="govuk-link" href="{page}">' for page in ("/casework/", "/pathfinders/")
    )
    assert own not in client.get("/about/help/reviewer/").content.decode()
    client.force_login(somebody(Role.REVIEWER))
    assert own in client.get("/about/help/reviewer/").content.decode()
    assert theirs in client.get("/about/help/employer/").content.decode()
