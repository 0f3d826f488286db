"""What browser tests share: the portal on a port, the accessibility check, a narrow screen."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler

from accounts.models import User

NARROW = {"width": 320, "height": 640}
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# WCAG 2.2 AA is the sum of these.
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# Beyond it: nothing stands outside the landmarks that people skip by.
LANDMARKS = ["region", "landmark-unique", "landmark-no-duplicate-main"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": STANDARD},
    "rules": {rule: {"enabled": True} for rule in LANDMARKS},
    "resultTypes": ["violations"],
    # No rule of these reads style sheets, and fetching them again takes a third of the time.
    "preload": False,
}
NAMED_BY_SCRIPT = ("govuk-file-upload-button", "govuk-accordion__section-button")
FOUND = "async ([part, options]) => (await axe.run(part, options)).violations"


@pytest.fixture
def portal(transactional_db: None, portal_url: str) -> str:
    """The address of the portal, for tests that write what it shows."""
    return portal_url


@pytest.fixture(scope="session")
def portal_url() -> Iterator[str]:
    """The address of the portal, running in this process on whatever database is in use.

    pytest-django's own server looks for static files under their names in `static/`; ours have
    the hashed names that collectstatic gave them, as in production.
    """
    thread = LiveServerThread("127.0.0.1", static_handler=_StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def assert_accessible(page: Any, part: str = "html") -> None:
    """Fail with what axe finds on the page as it stands (WCAG 2.2 AA, and all in landmarks).

    part: a selector, where the rest of the page was looked at elsewhere.
    """
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    told = [
        f"{rule['id']}: {rule['help']}\n    {node['html'][:200]}"
        for rule in page.evaluate(FOUND, [part, OPTIONS])
        for node in rule["nodes"]
        if not is_govuks_choice(rule, node)
    ]
    assert not told, f"axe on {page.url}:\n" + "\n".join(told)


def is_govuks_choice(rule: dict[str, Any], node: dict[str, Any]) -> bool:
    """Whether a finding is one that GOV.UK Frontend makes knowingly.

    Its script says on a radio whether the question under it is shown (aria-expanded), which ARIA
    does not list for radios and screen readers read out all the same. GOV.UK's own tests leave
    this rule out for these inputs (alphagov/govuk-frontend issue 979).

    And it names the buttons that it makes of an accordion's headings and of a file upload by all
    the words that they show, with commas between, so that they are read out with pauses.
    """
    html = node["html"]
    if rule["id"] == "label-content-name-mismatch":
        return any(name in html for name in NAMED_BY_SCRIPT)
    is_radio = 'class="govuk-radios__input"' in html
    return rule["id"] == "aria-allowed-attr" and is_radio and "aria-expanded" in html


def sign_in(context: Any, url: str, user: User) -> None:
    """Sign somebody in at a browser."""
    client = Client()
    client.force_login(user)
    share_session(client, context, url)


def share_session(client: Client, context: Any, url: str) -> None:
    """Let a browser go on in the session of a test's client."""
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


def assert_fits(page: Any, width: int = NARROW["width"]) -> None:
    """Fail if the page scrolls sideways at a width in pixels.

    A page may be read by a test before its style sheet is there, which nobody is shown.
    """
    page.wait_for_load_state()
    screen = {"width": width, "height": NARROW["height"]}
    if page.viewport_size != screen:
        page.set_viewport_size(screen)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{page.url} is {wide} wide on a screen of {width}"
