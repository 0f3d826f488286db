"""The board for the room: numbers, topics and times; nobody's name, nobody's words."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Absence, Role
from activity import clock
from advice.answers import actions as answers
from advice.intake.models import AdvicePolicy, Enquiry
from mutuals_portal.sessions import USED_AT
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    advice_lead,
    adviser,
    again,
    canary,
    employer,
    enquiry,
    held,
    provider,
    somebody,
)

pytestmark = pytest.mark.django_db
BOARD, NOW = reverse("advice:board"), reverse("advice:board_now")


def shown(client):
    return client.get(BOARD).context["board"]


class TestWhoReads:
    def test_those_who_answer_for_any_provider_and_nobody_else(self, client):
        others = (
            somebody(),
            somebody(Role.REVIEWER, employer()),
            somebody(Role.ADVISER, employer()),
        )
        for address in (BOARD, NOW):
            client.logout()
            assert client.get(address).status_code == 302
            for who in others:
                client.force_login(who)
                assert client.get(address).status_code == 403
            for who in (adviser(), advice_lead(provider("co-operatives-uk"))):
                client.force_login(who)
                assert client.get(address).status_code == 200
                assert client.post(address).status_code == 405

    def test_neither_who_asks_nor_what_nor_who_has_it_is_on_it(self, client):
        ours = adviser()
        held(ours, **CANARIES)
        found = canary(topic=None)
        for who in (ours, adviser(provider("local-partnerships")), advice_lead()):
            client.force_login(again(who))
            for address in (BOARD, NOW):
                text = client.get(address).content.decode().split("<main")[-1]
                for secret in (
                    *(CANARIES.values()),
                    *(CANARY_WORDS, found.reference, str(ours), ours.email, str(provider())),
                ):
                    assert secret not in text


class TestNumbers:
    def test_all_providers_are_counted_together(self, client):
        ours, other = adviser(), adviser(provider("co-operatives-uk"))
        held(ours)
        late = enquiry(topic="LEG-1")
        now = clock.now()
        long_ago = now - datetime.timedelta(days=9)
        Enquiry.objects.filter(pk=late.pk).update(
            clock_from=long_ago, due_at=now - datetime.timedelta(hours=3)
        )
        soon = enquiry(topic="FIN-1")
        Enquiry.objects.filter(pk=soon.pk).update(due_at=now + datetime.timedelta(minutes=50))
        done = held(ours, topic="STF-2")
        said = {"words": "Yes.", "once": uuid.uuid4(), "seen": done.revision}
        answers.reply(enquiry=done, by=again(ours), **said)
        today = clock.today()
        Absence.objects.create(user=adviser(), starts_on=today, ends_on=today)
        client.force_login(other)
        board = shown(client)
        assert (board.waiting, board.late, board.soon, board.done) == ("3", "1", "1", "1")
        assert (board.on_duty, board.oldest) == ("2", "9 days")
        assert [row.topic for row in board.rows] == [
            "Which legal form",
            "The five-year plan",
            "Whether we need a ballot",
        ]
        assert board.rows[0].is_late
        assert board.rows[0].due == "First reply 3 hours late"
        page = client.get(BOARD).content.decode()
        assert "app-board__late" in page

    def test_an_empty_line_says_so(self, client):
        client.force_login(advice_lead())
        page = client.get(BOARD).content.decode()
        assert "Nobody waits" in page
        assert "app-board__late" not in page


class TestRefreshing:
    def test_without_a_script_there_is_a_link_and_the_time(self, client):
        client.force_login(adviser())
        page = client.get(BOARD).content.decode()
        assert f'<a class="govuk-link" href="{BOARD}">Refresh</a>' in page
        assert "As of" in page
        part = client.get(NOW).content.decode()
        assert "As of" in part
        assert "<html" not in part
        main = page.split("<main")[1].split("</main")[0]
        for speaks in ("aria-live", 'role="status"', 'role="alert"'):
            assert speaks not in main.split('class="app-board"')[1]

    def test_asking_by_itself_keeps_nobody_signed_in(self, client):
        client.force_login(adviser())
        client.get(BOARD)
        session = client.session
        long_ago = session[USED_AT] - 2000 if USED_AT in session else 0
        session[USED_AT] = long_ago
        session.save()
        client.get(NOW)
        assert client.session[USED_AT] == long_ago
        client.get(BOARD)
        assert client.session[USED_AT] > long_ago

    @pytest.mark.slow
    def test_it_costs_the_same_of_one_and_of_a_hundred(self, client):
        AdvicePolicy.objects.update(enquiries_each=1000)
        client.force_login(adviser())

        def cost():
            with CaptureQueriesContext(connection) as captured:
                client.get(BOARD)
            return len(captured)

        enquiry()
        at_one = cost()
        for _ in range(60):
            enquiry(topic=None)
        assert cost() == at_one <= 8
