"""Every page in a real browser, once for each address's name, status of its record, and audience.

Each must pass axe (WCAG 2.2 AA) and fit a narrow screen. The readers are the public and the
example people; they begin where the portal lands them and follow every link, but to what another
of their audience has asked for. A page is put before the browser when something stands in it where
nothing of the kind stood before, under any status and for any reader: axe looks at elements in
their places, not at what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser import AXE, NARROW, assert_accessible, assert_fits, share_session
from tests.database import used
from tests.house import addresses
from tests.house.places import places
from tests.house.walk import PUBLIC, READERS, Seen, Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEARCH = "/search/?q=service+or+nursing"
# Where readers begin, besides following links: pages that come after a form was sent.
STARTS = {
    PUBLIC: [
        "/",
        "/accounts/confirm/",
        "/accounts/closed/",
        "/accounts/forgot/sent/",
        "/accounts/reset/done/",
        "/activity/mail/",
        "/employer/handed-on/",
        "/vote/",
        "/vote/done/",
        "/patterns/",
        SEARCH,
        "/search/?q=xylophone",
    ],
    "lead": ["/", "/start/", SEARCH, "/accounts/sign-out/"],
}
LANDING = ["/", "/start/", SEARCH]

# Why nobody gets there by links, and where it is looked at instead.
BESIDE = "no example is so far: tests/house/test_pages_beside.py"
LEICESTER = "by a mail's link or after a form: tests/journeys/test_leicester.py"
PRIVATE = "by a private link: tests/advice/test_browser.py"
BALLOT = "by a private link or a code: tests/proposals/test_ballot_browser.py"
TICKED = "after rows were ticked: tests/proposals/test_ticks_browser.py"
CHECK = "in a browser's own cookie or after a form: tests/proposals/test_browser.py"
OFFICIAL = "by a private link: tests/proposals/test_official_browser.py"
SECOND_STEP = "only with a second step set up: read, in no browser, by tests/accounts"
LETTERS = "a download, or by a private link: tests/proposals/test_letters.py"
PDF = "a download, once the worker has made it: tests/proposals/test_pdf.py"
NOT_LOOKED_AT = {
    "account_confirm_email": LEICESTER,
    "account_reset_password_from_key": "by a mail's link: the form of /accounts/me/password/",
    "account_set_password": "only for an account without a password, and there is none",
    "activity:here": "POST only",
    "activity:link_code": LEICESTER,
    "activity:mark_read": "POST only",
    "activity:open": "leads on to the page that the message is about",
    "activity:resend": "POST only",
    "advice:add": PRIVATE,
    "advice:asked": LEICESTER,
    "advice:mine": PRIVATE,
    "advice:withdraw": PRIVATE,
    "mfa_authenticate": SECOND_STEP,
    "mfa_deactivate_totp": SECOND_STEP,
    "mfa_download_recovery_codes": SECOND_STEP,
    "mfa_generate_recovery_codes": SECOND_STEP,
    "mfa_reauthenticate": SECOND_STEP,
    "mfa_view_recovery_codes": SECOND_STEP,
    "pathfinders:remove_person": BESIDE,
    "proposals:ask_change": BESIDE,
    "proposals:ask_remove": BESIDE,
    "proposals:assign_many": TICKED,
    "proposals:ballot_call_off": BALLOT,
    "proposals:ballot_change": BALLOT,
    "proposals:ballot_replace": BALLOT,
    "proposals:begin": BESIDE,
    "proposals:case_version_pdf": PDF,
    "proposals:case_versions_compare": BESIDE,
    "proposals:change": BESIDE,
    "proposals:check_outcome": CHECK,
    "proposals:confirm_exempt": BESIDE,
    "proposals:employer": OFFICIAL,
    "proposals:employer_answers": OFFICIAL,
    "proposals:employer_facts": OFFICIAL,
    "proposals:employer_hand_on": OFFICIAL,
    "proposals:employer_letter": OFFICIAL,
    "proposals:employer_letter_pdf": LETTERS,
    "proposals:employer_position": OFFICIAL,
    "proposals:employer_sent": OFFICIAL,
    "proposals:escalate": BESIDE,
    "proposals:escalation": OFFICIAL,
    "proposals:idea_mine": CHECK,
    "proposals:idea_on": "POST only",
    "proposals:idea_sent": CHECK,
    "proposals:join": LEICESTER,
    "proposals:letter_pdf": LETTERS,
    "proposals:money_totals": "POST only",
    "proposals:recall": BESIDE,
    "proposals:remind_many": TICKED,
    "proposals:return_incomplete": BESIDE,
    "proposals:revoke": BESIDE,
    "proposals:scrutineer": BALLOT,
    "proposals:scrutineer_call_off": BALLOT,
    "proposals:scrutineer_certificate": "a download: tests/proposals/test_ballot_pages.py",
    "proposals:scrutineer_close": BALLOT,
    "proposals:scrutineer_codes": BALLOT,
    "proposals:scrutineer_letters": BALLOT,
    "proposals:scrutineer_letters_pdf": "a download: tests/proposals/test_ballot_pages.py",
    "proposals:scrutineer_open": BALLOT,
    "proposals:scrutineer_roll": BALLOT,
    "proposals:submit": BESIDE,
    "proposals:triage": BESIDE,
    "proposals:version_pdf": PDF,
    "proposals:versions_compare": BESIDE,
    "proposals:vote": BALLOT,
    "stay": "POST only",
}


@pytest.fixture(scope="module")
def walk(
    examples_database: str, django_db_blocker: Any, portal_url: str, browser: Any
) -> Iterator[Callable[[str], Walk]]:
    """Walks of this module's readers, each made once."""
    made: dict[str, Walk] = {}
    seen = Seen()

    def of(reader: str) -> Walk:
        if reader not in made:
            with browser.new_context(viewport=NARROW) as context:
                made[reader] = _walk(reader, context, portal_url, seen)
        return made[reader]

    with django_db_blocker.unblock(), used(examples_database):
        yield of


class PlaceWalk(Walk):
    """A way through the portal that looks at what stands where."""

    def parts(self, address: str, text: str) -> set[str]:
        """The kinds of elements; of a page's own part under the name of its address.

        The frame around it is the same for all pages.
        """
        name, _ = self.kind(urlsplit(address).path)
        return {f"{name}: {place}" if is_own(place) else place for place in places(text)}

    def shows_only_its_own_part(self) -> bool:
        return all(is_own(place) for place in self.new)


def is_own(place: str) -> bool:
    """Whether something stands in the main part of a page."""
    return " > main " in place


def _walk(reader: str, context: Any, url: str, seen: Seen) -> Walk:
    context.add_init_script(path=AXE)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if is_policys(line) else None)

    def look(address: str, _text: str) -> Iterator[str]:
        page.goto(url + address)
        part = "main" if walk.shows_only_its_own_part() else "html"
        for check in (partial(assert_accessible, part=part), assert_fits):
            try:
                check(page)
            except AssertionError as problem:
                yield str(problem)
        while refused:
            yield f"{address}: {refused.pop()}"

    walk = PlaceWalk(reader, look, seen)
    if reader != PUBLIC:
        share_session(walk.client, context, url)
    return walk.run(*STARTS.get(reader, LANDING))


def is_policys(line: Any) -> bool:
    return "Content Security" in line.text


@pytest.mark.parametrize("reader", READERS)
def test_every_page_is_accessible_and_narrow(walk, reader):
    assert walk(reader).problems == []


def test_every_address_was_looked_at_or_says_why_not(walk):
    met = {name for reader in READERS for name, _ in walk(reader).met}
    assert {each.name for each in addresses.every()} - met == NOT_LOOKED_AT.keys()
