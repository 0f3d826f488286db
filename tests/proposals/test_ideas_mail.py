"""The mail about an idea: a private link to its sender alone, and no mail to anybody else."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from activity import delivery
from activity.models import Notification
from proposals.ideas import mail as words
from proposals.ideas import people
from tests.factories import somebody
from tests.proposals import ideas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_in_memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_a_receipt_leads_its_sender_to_the_idea(client):
    idea = ideas.idea()
    delivery.deliver_waiting()

    [sent] = mail.outbox
    assert sent.to == [idea.sender.email]
    path = re.search(r"http://[^/]+(/ideas/mine/\S+)", sent.body)[1]
    assert client.get(path).status_code == 200
    assert not people.sent_it(somebody(), idea)


def test_whoever_answers_it_is_led_to_its_own_page():
    idea = ideas.idea()
    assert words.address(Notification(), idea) == reverse("proposals:idea", args=[idea.reference])


@pytest.mark.parametrize("page", ["proposals:new", "proposals:check"])
def test_answers_that_are_not_ours_are_left_where_they_are(client, page):
    client.force_login(somebody())
    client.cookies["brought"] = "forged:value"
    client.cookies["check"] = "forged:value"
    assert client.get(reverse(page)).status_code == 200
