"""Talks with staff and unions in the order of their days, from the answers where they are kept."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.draft.engagement import Talk, log_of
from proposals.draft.models import Section, Status
from tests.factories import somebody
from tests.proposals import builders
from tests.proposals.test_workflow import force

TALKED = {
    "U3": [
        {"date": "3/3/2020", "method": "meeting", "number": "40", "summary": "<b>Go</b> on."},
        {"date": "soon", "method": "survey", "number": "many", "summary": ""},
        {"date": "", "method": "", "number": "", "summary": ""},
        {"date": "5 May 2021", "method": "", "number": "1", "summary": "Pensions."},
        {"date": "1/1/2100", "method": "letter", "number": "9" * 5000, "summary": "To come."},
    ],
    "U5": "yes",
    "U5_said": [
        {"union": "UNISON", "met": "4/4/2020", "position": "supports"},
        {"union": "", "met": "", "position": "no-reply"},
    ],
}


def address(proposal):
    return reverse("proposals:engagement", args=[proposal.reference])


@pytest.fixture
def draft(stored, people):
    proposal = stored(builders.draft_of, people, complete=False)
    Section.objects.create(proposal=proposal, key="staff", answers=TALKED)
    return proposal


def test_talks_stand_by_their_days_and_at_the_end_those_without(draft):
    assert log_of(TALKED) == [
        Talk(datetime.date(2021, 5, 5), "A talk with staff", "Pensions.", "1 came"),
        Talk(datetime.date(2020, 4, 4), "UNISON", "Supports it"),
        Talk(datetime.date(2020, 3, 3), "Meeting", "<b>Go</b> on.", "40 came"),
        Talk(None, "Survey", ""),
        Talk(None, "Letter or e-mail", "To come."),
        Talk(None, "A union or staff association", "No reply"),
    ]


def test_a_team_reads_them_and_whoever_writes_is_led_to_where_they_are_kept(client, draft, people):
    talks, unions = (
        reverse("proposals:page", args=[draft.reference, "staff", page])
        for page in ("talks", "unions")
    )
    for person, may in ((people.lead, True), (people.editor, True), (people.viewer, False)):
        client.force_login(person)
        text = client.get(address(draft)).content.decode()
        assert "&lt;b&gt;Go" in text
        assert '<time datetime="2020-04-04">4 April 2020</time>' in text
        assert [talks in text, unions in text] == [may, may]
    force(draft, Status.AWAITING_SIGN_OFF)
    client.force_login(people.lead)
    text = client.get(address(draft)).content.decode()
    assert "UNISON" in text
    assert "Add a meeting" not in text


def test_a_stranger_and_an_official_find_nothing(client, draft, staff):
    for person in (somebody(), staff.reviewer):
        client.force_login(person)
        assert client.get(address(draft)).status_code == 404


def test_before_the_first_talk_it_says_what_to_do_and_it_costs_little(stored, client, people):
    draft = stored(builders.draft_of, people, complete=False)
    client.force_login(people.lead)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address(draft))
    assert "Write down the first talk, however short." in page.content.decode()
    assert len(captured) <= 8
    section = reverse("proposals:section", args=[draft.reference, "staff"])
    assert address(draft) in client.get(section).content.decode()
