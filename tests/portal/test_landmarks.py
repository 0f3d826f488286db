"""All that stands on a page stands in a landmark, so that none of it is skipped over."""

import pytest
from django.test import Client

from tests.browser import axe
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Pages with a way back, with breadcrumbs, with neither, and with an error.
PAGES = ["/accounts/me/name/", "/accounts/me/email/", "/proposals/", "/advice/ask/", "/nothing/"]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_stands_outside(portal, page, address):
    client = Client()
    client.force_login(UserFactory())
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": portal}])
    page.goto(portal + address)
    page.evaluate(axe())
    rules = {"runOnly": ["region", "landmark-unique", "landmark-no-duplicate-main"]}
    found = page.evaluate("rules => axe.run(rules)", rules)["violations"]
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
