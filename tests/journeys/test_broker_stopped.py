"""The broker is stopped while people work: nobody sees an error, and everybody is told later.

A real web server, a real broker stopped and started, a real worker; ten of each thing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from django.core.management import call_command

from accounts.models import Role, User
from activity.models import Notification
from advice.intake.models import Enquiry, Status
from mutuals_portal.supervisor.ports import free_port
from proposals.models import Proposal
from tests import processes
from tests.journeys.conftest import official
from tests.journeys.people import PASSWORD
from tests.processes import Broker
from tests.proposals.builders import ask_to_sign, draft_of, sign_all, team
from tests.waiting import eventually

pytestmark = [pytest.mark.portal, pytest.mark.django_db(transaction=True), pytest.mark.slow]
TIMES = 10
HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"')


class Browser:
    """Enough of a browser to fill in a form, with cookies and the token against forgery."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))

    def open(self, path: str, **typed: str) -> str:
        """GET, or POST what was typed; the text of where that led. An error page raises."""
        data = urlencode(typed).encode() if typed else None
        headers = {"Origin": self.url, "Referer": self.url + path}
        asked = Request(self.url + path, data, headers)  # noqa: S310  our own address
        with self.opener.open(asked, timeout=30) as page:
            return str(page.read().decode())

    def sends(self, path: str, **typed: str) -> str:
        """Load the page of a form, then send it with its hidden fields."""
        return self.open(path, **self.hidden(path), **typed)

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of the page of a form."""
        return dict(HIDDEN.findall(self.open(path)))

    def signs_in(self, address: str) -> None:
        page = self.sends("/accounts/sign-in/", login=address, password=PASSWORD)
        assert "What waits for you" in page


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    folder = tmp_path / "valkey"
    folder.mkdir()
    broker = Broker(folder)
    yield broker
    broker.stop()


def test_ten_of_each_with_the_broker_stopped(tmp_path, broker):
    call_command("load_reference")
    references = [signed_proposal(number) for number in range(TIMES)]
    official("Nia Rees", "nia@advice.example", Role.ADVISER, "local-partnerships")
    Notification.objects.all().delete()
    (tmp_path / "static").symlink_to(processes.settings.STATIC_ROOT)
    port = free_port()
    environment = processes.told(
        tmp_path, REDIS_URL=broker.url, EMAIL_URL="", PORTAL_URL=f"http://127.0.0.1:{port}"
    )
    with processes.web(environment, tmp_path / "web.words", port) as url:
        everybody_works(url, references)
    waiting = Notification.objects.filter(mailed=True, sent_at=None)
    assert waiting.count() >= 3 * TIMES
    broker.start()
    with (
        processes.worker(environment, tmp_path / "worker.words"),
        processes.beat(environment, tmp_path / "beat.words"),
    ):
        eventually(lambda: not waiting.filter(held_at=None).exists(), 60)
    assert not Notification.objects.exclude(failed_at=None).exists()


def everybody_works(url: str, references: list[str]) -> None:
    began = time.monotonic()
    sams = [Browser(url) for _ in references]
    forms = [sam.hidden("/advice/ask/") for sam in sams]
    time.sleep(3)  # people read the page first; quicker is taken for a robot
    for number, reference in enumerate(references):
        lead = Browser(url)
        lead.signs_in(f"lead{number}@home.example")
        assert "Fingerprint" in lead.sends(f"/proposals/{reference}/submit/")
        ask(sams[number], forms[number], number)
    assert Proposal.objects.filter(status="submitted").count() == TIMES
    nia = Browser(url)
    nia.signs_in("nia@advice.example")
    for _ in range(TIMES):
        nia.sends("/advice/next/", take="yes")
        held = Enquiry.objects.get(status=Status.WITH_ADVISER)
        nia.sends(f"/advice/enquiries/{held.reference}/reply/", words="It depends.")
    assert Enquiry.objects.filter(status=Status.ANSWERED).count() == TIMES
    # Twenty presses that wrote mail, a broker that refuses each: nobody waits for it long.
    assert time.monotonic() - began < 120


def signed_proposal(number: int) -> str:
    """A proposal that only has to be submitted."""
    lead = official(f"Lead {number}", f"lead{number}@home.example", Role.OBSERVER, "cabinet-office")
    people = team(lead=User.objects.get(pk=lead.pk))
    return sign_all(ask_to_sign(draft_of(people), people)).reference


def ask(sam: Browser, hidden: dict[str, str], number: int) -> None:
    page = sam.open(
        "/advice/ask/",
        **hidden,
        question=f"Question {number}",
        topic="FIN-1",
        email=f"sam{number}@home.example",
        employer_may_know="no",
    )
    assert "We have your question" in page
