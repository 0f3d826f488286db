"""The clock is moved, and the web and the worker both live in the later time."""

from __future__ import annotations

import datetime
from pathlib import Path
from urllib.error import HTTPError

import pytest
from django.core.management import call_command

from accounts.models import Role, User
from activity import clock
from activity.models import ClockMove, Notification
from proposals.models import Proposal
from tests import processes
from tests.journeys.conftest import official
from tests.journeys.forms import Browser
from tests.journeys.people import LINK, mails
from tests.proposals.builders import draft_of, team
from tests.waiting import eventually

pytestmark = [pytest.mark.portal, pytest.mark.django_db(transaction=True), pytest.mark.slow]

LATER = datetime.timedelta(days=15)


def test_an_invitation_of_a_fortnight_has_ended_after_fifteen_days(tmp_path):
    call_command("load_reference")
    official("Lea Dean", "lea@home.example", Role.OBSERVER, "cabinet-office")
    proposal = draft_of(team(lead=User.objects.get(email="lea@home.example")))
    with processes.portal(tmp_path, PORTAL_TEST_CLOCK="1") as url:
        lea = Browser(url)
        lea.signs_in("lea@home.example")
        link = invitation(lea, proposal, "jo@home.example", tmp_path)
        assert "See what it is" in Browser(url).open(link)

        ClockMove.objects.create(seconds=LATER.total_seconds())

        with pytest.raises(HTTPError) as ended:
            Browser(url).open(link)
        with ended.value as answer:
            assert answer.code == 404
        # The web writes it and the worker sends it, both in the later time.
        assert "See what it is" in Browser(url).open(
            invitation(lea, proposal, "sue@home.example", tmp_path)
        )
    second = Notification.objects.filter(mailed=True).latest("created_at")
    assert second.sent_at >= second.created_at > clock.now() + LATER - datetime.timedelta(hours=1)


def invitation(lead: Browser, proposal: Proposal, address: str, folder: Path) -> str:
    """Invite somebody; the path of the link that the mail brings them."""
    lead.sends(
        f"/proposals/{proposal.reference}/team/invite/", name="Jo", email=address, role="editor"
    )
    mail = eventually(lambda: next((each for each in mails(folder) if each["To"] == address), None))
    return LINK.search(mail.get_content())[0].removeprefix(lead.url)
