"""Every page in a real browser, once for each address's name, status of its record, and reader.

Each must pass axe (WCAG 2.2 AA) and fit a narrow screen. The readers are the public and the
example people; they begin where the portal lands them and follow every link. Where a page shows
one reader nothing but what another was shown, it is not put before the browser again.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from accounts import examples as people
from accounts.models import User
from tests.browser import AXE, NARROW, assert_accessible, assert_fits, server, sign_in
from tests.database import used
from tests.house import addresses

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUBLIC = "public"
READERS = [PUBLIC, *people.PEOPLE]
NOT_PAGES = ("/admin/", "/static/")
LINK = re.compile(r'<a [^>]*href="([^"]*)"')
# What differs between two pages that look and sound the same.
UNSEEN = re.compile(r'<title>.*?</title>|(?:href|action|value)="[^"]*"', re.DOTALL)
MAIN = re.compile(r"<main.*</main>", re.DOTALL)

# Where readers begin, besides following links: pages that come after a form was sent.
STARTS = {
    PUBLIC: [
        "/",
        "/accounts/confirm/",
        "/accounts/closed/",
        "/accounts/forgot/sent/",
        "/accounts/reset/done/",
        "/activity/mail/",
    ],
    "lead": ["/", "/start/", "/accounts/sign-out/"],
}
LANDING = ["/", "/start/"]

# Why nobody gets there by links, and where it is looked at instead.
BESIDE = "no example is so far: tests/house/test_pages_beside.py"
LEICESTER = "by a mail's link or after a form: tests/journeys/test_leicester.py"
PRIVATE = "by a private link: tests/advice/test_browser.py"
SECOND_STEP = "only with a second step set up: read, in no browser, by tests/accounts"
NOT_LOOKED_AT = {
    "account_confirm_email": LEICESTER,
    "account_reset_password_from_key": "by a mail's link: the form of /accounts/me/password/",
    "account_set_password": "only for an account without a password, and there is none",
    "activity:link_code": LEICESTER,
    "activity:mark_read": "POST only",
    "activity:open": "leads on to the page that the message is about",
    "activity:resend": "POST only",
    "advice:add": PRIVATE,
    "advice:asked": LEICESTER,
    "advice:mine": PRIVATE,
    "advice:reopen": BESIDE,
    "advice:withdraw": PRIVATE,
    "mfa_authenticate": SECOND_STEP,
    "mfa_deactivate_totp": SECOND_STEP,
    "mfa_download_recovery_codes": SECOND_STEP,
    "mfa_generate_recovery_codes": SECOND_STEP,
    "mfa_reauthenticate": SECOND_STEP,
    "mfa_view_recovery_codes": SECOND_STEP,
    "pathfinders:remove_person": BESIDE,
    "proposals:begin": BESIDE,
    "proposals:join": LEICESTER,
    "proposals:recall": BESIDE,
    "proposals:return_incomplete": BESIDE,
    "proposals:revoke": BESIDE,
    "proposals:submit": BESIDE,
    "stay": "POST only",
}

# Nothing changes while readers walk, so what a link leads to is asked once.
kind = cache(addresses.kind)


@dataclass
class Walk:
    """One reader's way through the portal. shown: what the browser had before it already."""

    client: Client
    name: str
    page: Any
    url: str
    shown: set[str]
    looked_at: set[tuple[str, str]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def run(self, *starts: str) -> Walk:
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            if self.is_new(address):
                self.looked_at.add(kind(urlsplit(address).path))
                waiting.extend(self.visit(address))
        return self

    def is_new(self, address: str) -> bool:
        path = urlsplit(address).path
        return not path.startswith(NOT_PAGES) and kind(path) not in self.looked_at

    def visit(self, address: str) -> list[str]:
        """Read a page, and look at it where there is something new; where its links lead."""
        answer = self.client.get(address)
        if answer.status_code == 302:
            return [answer.url]
        if not answer["Content-Type"].startswith("text/html"):
            return []
        text = answer.content.decode()
        if parts := self.parts(text) - self.shown:
            self.shown |= parts
            self.look(address)
        links = (urljoin(address, link.replace("&amp;", "&")) for link in LINK.findall(text))
        return [urldefrag(link).url for link in links if link.startswith("/")]

    def parts(self, text: str) -> set[str]:
        """The page's own part and the frame around it, as this reader is shown them."""
        text = UNSEEN.sub("", text).replace(self.name, "")
        main = MAIN.search(text)
        return {text} if main is None else {main[0], text.replace(main[0], "")}

    def look(self, address: str) -> None:
        self.page.goto(self.url + address)
        for check in (assert_accessible, assert_fits):
            try:
                check(self.page)
            except AssertionError as problem:
                self.problems.append(str(problem))


@pytest.fixture(scope="module")
def walk(
    examples_database: str, django_db_blocker: Any, browser: Any
) -> Iterator[Callable[[str], Walk]]:
    """Walks of this module's readers, each made once."""
    made: dict[str, Walk] = {}
    shown: set[str] = set()

    def of(reader: str) -> Walk:
        if reader not in made:
            with browser.new_context(viewport=NARROW) as context:
                context.add_init_script(path=AXE)
                client, name = Client(), reader
                if reader != PUBLIC:
                    user = User.objects.get(email=people.address(reader))
                    sign_in(client, context, url, user)
                    name = user.name
                walked = Walk(client, name, context.new_page(), url, shown)
                made[reader] = walked.run(*STARTS.get(reader, LANDING))
        return made[reader]

    with django_db_blocker.unblock(), used(examples_database), server() as url:
        yield of


@pytest.mark.parametrize("reader", READERS)
def test_every_page_is_accessible_and_narrow(walk, reader):
    assert walk(reader).problems == []


def test_every_address_was_looked_at_or_says_why_not(walk):
    looked_at = {name for reader in READERS for name, _ in walk(reader).looked_at}
    assert {each.name for each in addresses.every()} - looked_at == NOT_LOOKED_AT.keys()
