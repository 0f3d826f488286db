"""The guides at the foot of every page: each is there, and what they say of the portal is so."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mutuals_portal.about import COOKIES, GUIDES
from tests.factories import UserFactory


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
