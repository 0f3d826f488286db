"""Ticking cases in the queue: each row can be, what was ticked stays, and nothing ticked is said."""

import re

import pytest
from django.urls import reverse

from tests.proposals.ticking import WORK, cases_of, refs, words

pytestmark = pytest.mark.django_db
ASSIGN = reverse("proposals:assign_many")
BOX = re.compile(r'<input class="govuk-checkboxes__input" type="checkbox" id="(\w+)" name="tick" value="([^"]+)"( checked)?>')  # fmt: skip


@pytest.fixture
def cases(client, staff):
    client.force_login(staff.reviewer)
    return cases_of(staff.reviewer)


def test_each_row_has_a_box_that_names_its_case_and_stays_ticked(client, cases):
    kept = cases[1].reference
    page = client.get(WORK, {"queue": "assess", "tick": [kept, "<b>", "RTP-2026-9999"]})
    text = page.content.decode()
    boxes = {reference: (key, bool(checked)) for key, reference, checked in BOX.findall(text)}
    assert sorted(boxes) == refs(cases)
    assert [reference for reference, (_key, checked) in boxes.items() if checked] == [kept]
    for case in cases:
        label = f'for="{boxes[case.reference][0]}"><span class="govuk-visually-hidden">{case.title}, {case.reference}<'
        assert label in text
    assert "There is a problem" not in text


def test_nothing_ticked_is_said_on_the_page_of_the_queue_from_which_somebody_came(client, cases):
    for ticks in ([], ["RTP-2026-9999"], ["RTP\x00", "<b>"]):
        answer = client.get(ASSIGN, {"queue": "assess", "after": "x", "tick": ticks}, follow=True)
        [(address, status)] = answer.redirect_chain
        assert (address, status) == (f"{WORK}?queue=assess&after=x&ask=assign", 302)
        text = answer.content.decode()
        assert '<a href="#id_tick">Tick at least one case</a>' in text
        assert 'id="id_tick"' in text
        assert '<h1 class="govuk-heading-l app-flush">Being assessed</h1>' in text
        assert text.count("Tick at least one case") == 2


def test_a_queue_with_nothing_in_it_asks_for_no_tick(client, staff):
    client.force_login(staff.reviewer)
    page = client.get(WORK, {"queue": "mine", "ask": "assign"})
    assert "Tick at least one case" not in words(page)


def test_the_way_on_leaves_ticks_and_problems_behind(client, staff, cases):
    cases_of(staff.reviewer, count=23)
    page = client.get(WORK, {"ask": "assign", "tick": cases[0].reference}).content.decode()
    [way_on] = re.findall(r'rel="next" href="([^"]*)"|href="([^"]*)" rel="next"', page)
    assert "after=" in "".join(way_on)
    assert "tick" not in "".join(way_on)
    assert "ask" not in "".join(way_on)
