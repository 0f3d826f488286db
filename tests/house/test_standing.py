"""What each status means, in one sentence an audience: all there, dated, and inside words inside."""

import datetime
import re

import pytest

from activity import standing, workflow
from advice.intake.models import Enquiry
from advice.intake.models import Status as Asked
from pathfinders.mentoring.models import Mentorship
from pathfinders.mentoring.models import Status as Mentoring
from pathfinders.register.choices import Status as Stage
from pathfinders.register.models import Pathfinder
from proposals.ballot.models import Ballot
from proposals.ballot.models import Status as Voting
from proposals.draft.models import Proposal, Status
from proposals.draft.words import outside_label
from proposals.ideas.models import Idea
from proposals.ideas.models import Status as Sent

AT = datetime.datetime(2027, 4, 6, 9, tzinfo=datetime.UTC)
DAY = AT.date()
# Statuses whose records nobody outside ever sees.
NEVER_SEEN = {("mentorship", "proposed"), ("enquiry", "spam")}
DATED = {
    (Proposal, Status.LAPSED, "outside"): "until 5 July 2027",
    (Proposal, Status.LAPSED, "inside"): "until 5 July 2027",
    (Pathfinder, Stage.PAUSED, "outside"): "until 6 April 2027",
    (Pathfinder, Stage.PAUSED, "inside"): "by 6 April 2027",
    (Pathfinder, Stage.MERGED, "outside"): "ended on 6 April 2027",
    (Mentorship, Mentoring.OFFERED, "outside"): "Answer by 6 April 2027",
    (Mentorship, Mentoring.OFFERED, "inside"): "by 6 April 2027",
    (Enquiry, Asked.QUEUED, "outside"): "by Tuesday 6 April 2027",
    (Enquiry, Asked.WITH_ADVISER, "outside"): "by Tuesday 6 April 2027",
    (Enquiry, Asked.WITHDRAWN, "outside"): "on 6 April 2027",
    (Enquiry, Asked.REFERRED_OUT, "inside"): "on 6 April 2027",
    (Ballot, Voting.READY, "outside"): "on 6 April 2027 or later",
    (Ballot, Voting.OPEN, "outside"): "until 6 April 2027, 10am",
    (Ballot, Voting.OPEN, "inside"): "until 6 April 2027, 10am",
    (Idea, "passed-on", "outside"): "your question ENQ-2027-000001",
    (Idea, "passed-on", "inside"): "as ENQ-2027-000001",
}


def record(model, status):
    """A record in a status, never saved, with every date that its sentences may name."""
    dates = {
        Proposal: {},
        Pathfinder: {"resumes_on": DAY, "ended_on": DAY},
        Mentorship: {"answer_by": DAY},
        Enquiry: {"due_at": AT},
        Idea: {"enquiry_reference": "ENQ-2027-000001"},
        Ballot: {"opens_at": AT, "closes_at": AT},
    }
    return model(status=status, status_at=AT, **dates[model])


def cells():
    return [
        (life.name, life.model, status, audience)
        for life in workflow.lifecycles()
        for status in life.statuses.values
        for audience in (standing.OUTSIDE, standing.INSIDE)
    ]


@pytest.mark.parametrize(("name", "model", "status", "audience"), cells())
def test_every_status_has_a_sentence_for_every_audience(name, model, status, audience):
    if audience == standing.OUTSIDE and (name, status) in NEVER_SEEN:
        assert status not in standing.of(model).outside
        return
    words = standing.sentence(record(model, status), audience)
    assert re.fullmatch(r"[A-Z].*\.", words)
    assert "%" not in words
    assert words != standing.sentence(record(model, other(model, status)), audience)


def other(model, status):
    """A status of the same lifecycle that means something else."""
    return {
        Proposal: Status.APPROVED if status != Status.APPROVED else Status.DRAFT,
        Pathfinder: Stage.APPRAISAL if status != Stage.APPRAISAL else Stage.PAUSED,
        Mentorship: Mentoring.ACTIVE if status != Mentoring.ACTIVE else Mentoring.PAUSED,
        Enquiry: Asked.ANSWERED if status != Asked.ANSWERED else Asked.CLOSED,
        Idea: Sent.NEW if status != Sent.NEW else Sent.ANSWERED,
        Ballot: Voting.OPEN if status != Voting.OPEN else Voting.CLOSED,
    }[model]


@pytest.mark.parametrize(("model", "status", "audience"), DATED)
def test_dates_are_filled_in(model, status, audience):
    assert DATED[model, status, audience] in standing.sentence(record(model, status), audience)


@pytest.mark.parametrize("status", [Status.RECOMMENDED, Status.COUNTERSIGNED, Status.DECIDED])
def test_outside_three_inside_statuses_read_the_same_and_name_none(status):
    one, all_ = record(Proposal, status), record(Proposal, Status.RECOMMENDED)
    shown = standing.sentence(one, standing.OUTSIDE)
    assert shown == standing.sentence(all_, standing.OUTSIDE)
    assert outside_label(one) == "Being decided"
    assert not re.search(r"recommend|countersign|decided|release", shown)


def test_no_sentence_for_those_outside_uses_a_word_of_the_inside():
    for life in workflow.lifecycles():
        for status, words in standing.of(life.model).outside.items():
            inside_only = r"\b(recommended|countersigned|triage|gates?|seat free|owner)\b"
            assert not re.search(inside_only, str(words), re.I), (life.name, status)
