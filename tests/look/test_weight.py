"""What a first visit costs: few bytes, one style sheet, nothing that moves, nothing to complain of."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from accounts import examples
from accounts.models import User
from tests.browser import share_session
from tests.database import used

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 60_000  # bytes, compressed as the web server and the proxy before it send them
PUBLIC = ""
# Who opens which page, and if one of its links is meant, how that begins.
PAGES = {
    "home": (PUBLIC, "/", ""),
    "register": (PUBLIC, "/pathfinders/", ""),
    "sign in": (PUBLIC, "/accounts/sign-in/", ""),
    "task list": ("lead", "/proposals/", "/proposals/RTP-"),
    "case": ("reviewer", "/casework/", "/casework/RTP-"),
    "queue": ("adviser", "/advice/queue/", ""),
}
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    window.shifts.push([entry.value, ...entry.sources.map(each => each.node?.outerHTML)]);
  }
}).observe({type: "layout-shift", buffered: true});
"""
# Two frames: what a script moves after loading is painted by then.
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def example_records(examples_database: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), used(examples_database):
        yield


@pytest.fixture
def visit(example_records: None, portal_url: str, browser: Any) -> Iterator[Any]:
    """A first visit of somebody who may be signed in: the page, what it loaded, what it said."""
    contexts = []

    def of(width: int, who: str, address: str, link: str) -> tuple[Any, list[Any], list[str], str]:
        client = Client()
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        if who:
            client.force_login(User.objects.get(email=examples.address(who)))
            share_session(client, context, portal_url)
        if link:
            links = re.findall(rf'href="({link}[^"]*)"', client.get(address).content.decode())
            # Some lead on to declaring a conflict of interest first.
            address = next(each for each in links if client.get(each).status_code == 200)
        return (*look(context, portal_url + address), address)

    yield of
    for context in contexts:
        context.close()


def look(context: Any, address: str) -> tuple[Any, list[Any], list[str]]:
    context.add_init_script(SHIFTS)
    page = context.new_page()
    loaded: list[Any] = []
    said: list[str] = []
    page.on("response", lambda answer: loaded.append(answer))
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address, wait_until="networkidle")
    page.evaluate(PAINTED)
    return page, loaded, said


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_is_light_still_and_silent(visit, name, width):
    page, loaded, said, address = visit(width, *PAGES[name])
    assert page.url.endswith(address)
    assert said == []
    assert page.evaluate("window.shifts") == []
    kinds = [answer.request.resource_type for answer in loaded]
    assert kinds.count("stylesheet") == page.evaluate("document.styleSheets.length") == 1
    sizes = {each.url: len(gzip.compress(each.body(), 6)) for each in loaded if not picture(each)}
    assert sum(sizes.values()) <= MOST, sizes


def picture(answer: Any) -> bool:
    return answer.request.resource_type in ("image", "other")


def test_a_page_that_moves_is_noticed(browser):
    with browser.new_context() as context:
        page, *_ = look(context, "data:text/html,<p id=a></p><p>Words</p>")
        page.evaluate(PAINTED)
        page.evaluate("document.getElementById('a').textContent = 'More'.repeat(900)")
        page.wait_for_function("window.shifts.length > 0")


def test_the_menu_of_a_phone_opens_though_the_script_never_comes(portal_url, page):
    page.set_viewport_size({"width": 360, "height": 900})
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{portal_url}/accounts/sign-in/")
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Advice")
    expect(link).to_be_hidden()
    expect(link).to_be_visible()
