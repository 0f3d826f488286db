"""The broker is stopped while people work: nobody sees an error, and everybody is told later.

A real web server, a real broker stopped and started, a real worker; ten of each thing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Role, User
from activity.models import Notification
from advice.intake.models import Enquiry, Status
from mutuals_portal.supervisor.ports import free_port
from proposals.models import Proposal, VersionPdf
from tests import processes
from tests.journeys.conftest import official
from tests.journeys.forms import Browser
from tests.processes import Broker
from tests.proposals.builders import ask_to_sign, draft_of, sign_all, team
from tests.waiting import eventually

pytestmark = [pytest.mark.portal, pytest.mark.django_db(transaction=True), pytest.mark.slow]
TIMES = 10


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
        eventually(lambda: not waiting.filter(held_at=None).exists(), 120)  # replies are held
        eventually(lambda: VersionPdf.objects.count() == TIMES, 60)
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
