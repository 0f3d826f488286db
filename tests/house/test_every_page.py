"""Every page that somebody can reach by links, as each kind of person: whole, and in a browser.

The readers are the public and the example people; they begin where the portal lands them and
follow every link, but to what others of their audience have asked for. Each page must be whole as
it is opened and as it answers a form in which nothing was filled in: three of a name and audience.
And it must pass axe (WCAG 2.2 AA) and fit a narrow screen: once for each name, status of its record
and audience, when something stands in it where nothing of the kind stood before, for any reader:
axe looks at elements in their places, not at what they say.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from activity.models import Event, Notification
from tests.browser import AXE, NARROW, assert_accessible, assert_fits, share_session
from tests.database import used
from tests.house import addresses, whole
from tests.house.places import places
from tests.house.walk import PUBLIC, READERS, SAMPLES, Look, Page, Seen, Walk, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEPT: Path = settings.VAR_DIR / "pages"
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
        "/advice/find/sent/",
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
REPLYING = "after a button of the reply: tests/advice/test_answer_browser.py"
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
    "advice:ask_check": REPLYING,
    "advice:asked": LEICESTER,
    "advice:attach": REPLYING,
    "advice:attachment": "a download: tests/advice/test_attachments.py",
    "advice:board_now": "a part of /advice/board/, for its script",
    "advice:call_alike": "POST only",
    "advice:call_find": "POST only",
    "advice:call_fitting": "POST only",
    "advice:detach": "POST only",
    "advice:duty": "POST only",
    "advice:many": "after rows were ticked: tests/advice/test_queue_browser.py",
    "advice:mine": PRIVATE,
    "advice:my_attachment": "a download: tests/advice/test_attachments.py",
    "advice:rate": PRIVATE,
    "advice:undo_reply": "for thirty seconds: tests/advice/test_undo.py",
    "advice:view_delete": "once somebody saved a view: tests/advice/test_queue_browser.py",
    "advice:view_open": "leads on to the queue",
    "advice:view_save": "after a filter: tests/advice/test_queue_browser.py",
    "advice:withdraw": PRIVATE,
    "mfa_authenticate": SECOND_STEP,
    "mfa_deactivate_totp": SECOND_STEP,
    "mfa_download_recovery_codes": SECOND_STEP,
    "mfa_generate_recovery_codes": SECOND_STEP,
    "mfa_reauthenticate": SECOND_STEP,
    "mfa_view_recovery_codes": SECOND_STEP,
    "pathfinders:promised": LEICESTER,
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
    "proposals:take_back_exempt": BESIDE,
    "proposals:triage": BESIDE,
    "proposals:version_pdf": PDF,
    "proposals:versions_compare": BESIDE,
    "proposals:vote": BALLOT,
    "start_from_question": PRIVATE,
    "stay": "POST only",
}


@dataclass
class Walked:
    """One reader's way, whether all that was linked answered, and what two looks found."""

    walk: Walk
    whole: Look
    drawn: Look


@dataclass
class House:
    """What the readers share: the address, the browser, and what was looked at for others."""

    url: str
    browser: Any
    asked: Counter[Any] = field(default_factory=Counter)
    whole: Seen = field(default_factory=Seen)
    drawn: Seen = field(default_factory=Seen)
    made: dict[str, Walked] = field(default_factory=dict)

    def walked_by(self, reader: str) -> Walked:
        """A reader's way, which is gone once."""
        if reader not in self.made:
            with self.browser.new_context(viewport=NARROW) as context:
                self.made[reader] = self._walk(reader, context)
        return self.made[reader]

    def _walk(self, reader: str, context: Any) -> Walked:
        client, name = signed_in(reader)
        if reader != PUBLIC:
            share_session(client, context, self.url)
        walk = Walk(reader, client, self.asked)
        read = Look(
            faults=lambda page, _new: whole.faults_with_answers(page, client, keep),
            parts=lambda page: whole.parts(page.text, name),
            kind=lambda page: (page.role, page.name),
            most=SAMPLES,
            before=self.whole,
        )
        drawn = Look(
            faults=in_browser(context, self.url),
            parts=places_of,
            kind=lambda page: (page.role, page.name, page.status),
            before=self.drawn,
        )
        walk.looks = [read, drawn]
        walk.run(*STARTS.get(reader, LANDING))
        return Walked(walk, read, drawn)


@pytest.fixture(scope="module")
def house(
    examples_database: str, django_db_blocker: Any, portal_url: str, browser: Any
) -> Iterator[House]:
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir()
    with django_db_blocker.unblock(), used(examples_database):
        yield House(portal_url, browser)


def keep(address: str, text: str) -> None:
    """Keep the text of a page in a file, for `.ci/validate` to read."""
    number = len(list(KEPT.iterdir()))
    shown = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:80]
    (KEPT / f"{number:04}-{shown or 'home'}.html").write_text(text, encoding="utf-8")


def places_of(page: Page) -> set[str]:
    """The kinds of elements; of a page's own part under the name of its address.

    The frame around it is the same for all pages.
    """
    return {f"{page.name}: {place}" if is_own(place) else place for place in places(page.text)}


def is_own(place: str) -> bool:
    """Whether something stands in the main part of a page."""
    return " > main " in place


def in_browser(context: Any, url: str) -> Callable[[Page, set[str]], Iterator[str]]:
    """What axe, a narrow screen and the policy for scripts find wrong with a page, as drawn."""
    context.add_init_script(path=AXE)
    screen = context.new_page()
    refused: list[str] = []
    screen.on("console", lambda line: refused.append(line.text) if is_policys(line) else None)

    def faults(page: Page, new: set[str]) -> Iterator[str]:
        screen.goto(url + page.address)
        part = "main" if all(map(is_own, new)) else "html"
        for check in (partial(assert_accessible, part=part), assert_fits):
            try:
                check(screen)
            except AssertionError as problem:
                yield str(problem)
        while refused:
            yield f"{page.address}: {refused.pop()}"

    return faults


def is_policys(line: Any) -> bool:
    return "Content Security" in line.text


@pytest.mark.parametrize("reader", READERS)
def test_every_page_is_whole_and_looking_changes_nothing(house, reader):
    before = written()
    walked = house.walked_by(reader)
    assert walked.walk.problems == walked.whole.problems == []
    assert len(walked.walk.met) >= 10
    assert written() == before


def written() -> tuple[int, int]:
    return Event.objects.count(), Notification.objects.filter(read_at=None).count()


@pytest.mark.parametrize("reader", READERS)
def test_every_page_is_accessible_and_narrow(house, reader):
    assert house.walked_by(reader).drawn.problems == []


def test_every_address_was_looked_at_or_says_why_not(house):
    met = {name for reader in READERS for _, name, *_ in house.walked_by(reader).walk.met}
    assert {each.name for each in addresses.every()} - met == NOT_LOOKED_AT.keys()
