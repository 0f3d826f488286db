"""When a team may hear: the promise and its clock, and what past proposals really took."""

import datetime
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.decision import actions as decision
from proposals.draft import forecast, outlook
from proposals.draft.forecast import Forecast, from_past
from proposals.draft.models import SchemeVersion, Status
from proposals.review import actions as review
from tests.proposals import builders

UK = ZoneInfo("Europe/London")
MONDAY = datetime.datetime(2027, 3, 1, 10, tzinfo=UK)


def decided(days, scheme, *, since=MONDAY):
    """Rows of proposals whose letter went after so many working days, the first the oldest."""

    def of(n):
        released_at = since + datetime.timedelta(minutes=n)
        return {"scheme": scheme, "took_days": days[n], "released_at": released_at}

    return builders.many(len(days), status=Status.REJECTED, also=of)


def page(client, proposal, name, reader):
    client.force_login(reader)
    text = client.get(reverse(f"proposals:{name}", args=[proposal.reference])).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize(
    ("took", "half", "most"),
    [
        ([30, 30, 30, 30, 30], 30, 30),
        ([10, 20, 30, 40, 50], 30, 40),
        ([50, 40, 30, 20, 10], 30, 40),
        ([0, 0, 0, 0, 99], 0, 0),
        (list(range(1, 11)), 5, 8),
        (list(range(1, 101)), 50, 80),
    ],
)
def test_half_and_four_of_five(took, half, most):
    assert from_past(took) == Forecast(len(took), half, most)


def test_fewer_than_five_say_nothing():
    assert from_past([30] * 4) == Forecast(4)
    sentence = "Past decisions: too few so far to say (4 of the 5 we need)."
    assert str(from_past([30] * 4).sentence) == sentence
    assert from_past([30] * 5).is_known


@pytest.mark.parametrize(
    ("half", "most", "words"),
    [
        (30, 44, "Most take 30 to 44 working days."),
        (30, 30, "Most take 30 working days."),
        (1, 1, "Most take 1 working day."),
    ],
)
def test_it_says_so_in_words(half, most, words):
    assert Forecast(9, half, most).sentence == words


def test_only_released_decisions_of_the_same_scheme_count(scheme):
    other = SchemeVersion.objects.create(number=2, starts_on=datetime.date(2028, 1, 1))
    decided([20] * 5, scheme)
    decided([90] * 50, other)
    builders.many(30)
    assert forecast.for_scheme(scheme.pk) == Forecast(5, 20, 20)


def test_the_newest_thousand_in_one_query_by_its_index(scheme):
    decided([99] * 3_000 + [30] * 1_000, scheme)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE proposals_proposal")
    with CaptureQueriesContext(connection) as asked:
        assert forecast.for_scheme(scheme.pk) == Forecast(1_000, 30, 30)
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + asked[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "proposal_how_long" in plan
    assert "Seq Scan" not in plan
    assert "Sort" not in plan


def test_a_release_writes_down_how_long_it_took(people, staff):
    with time_machine.travel(MONDAY, tick=False) as traveller:
        proposal = builders.proposal_at(Status.DECIDED, people, staff)
        assert (proposal.released_at, proposal.took_days) == (None, None)
        # 35 days later: Good Friday and Easter Monday are no working days.
        traveller.move_to(MONDAY + datetime.timedelta(days=35))
        decision.release(proposal=proposal, seen=proposal.revision, by=staff.decider)
    proposal = builders.again(proposal)
    assert proposal.took_days == 23
    assert proposal.released_at == proposal.decisions.get().released_at
    assert proposal.scheme == proposal.versions.get().scheme


def test_returned_as_incomplete_it_is_judged_by_no_scheme_yet(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    assert proposal.scheme == SchemeVersion.objects.get()
    review.return_incomplete(
        proposal=proposal, missing="The vote.", seen=proposal.revision, by=staff.reviewer
    )
    assert builders.again(proposal).scheme is None


def test_a_team_reads_its_promise_its_clock_and_the_forecast(client, people, staff, scheme):
    with time_machine.travel(MONDAY, tick=False) as traveller:
        proposal = builders.proposal_at(Status.ASSESSING, people, staff)
        decided([30] * 5 + [44] * 4, scheme)
        traveller.move_to(MONDAY + datetime.timedelta(days=35))
        text = page(client, proposal, "proposal", people.viewer)
    assert "We promise a decision by Wednesday 28 April 2027 ." in text
    assert "Most take 30 to 44 working days. Yours is at 23." in text
    assert (
        "40 working days from 1 March 2027 end on Wednesday 28 April 2027. Not counted: "
        "Good Friday (26 March 2027) and Easter Monday (29 March 2027)."
    ) in text
    assert "Of the last 9 decisions under these rules, half came within 30 working days" in text


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REJECTED, Status.WITHDRAWN])
def test_nobody_is_promised_anything_before_or_after(people, staff, status):
    assert outlook.of_submitted(builders.proposal_at(status, people, staff)) is None


def test_a_draft_reads_when_it_could_hear(client, people):
    with time_machine.travel(MONDAY, tick=False):
        text = page(client, builders.draft_of(people), "tasks", people.viewer)
    assert (
        "If you submit by Monday 15 March 2027 , the clock says a decision by "
        "Thursday 13 May 2027 at the latest."
    ) in text
    assert "too few so far to say (0 of the 5 we need)" in text


def test_once_submitted_its_tasks_no_longer_say_when_it_could(stored, client, people, staff):
    proposal = stored(builders.proposal_at, Status.SUBMITTED, people, staff)
    assert "When could we hear?" not in page(client, proposal, "tasks", people.lead)
