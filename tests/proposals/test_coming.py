"""A team reads who has its proposal, what happens next and by when, wherever it stands."""

import datetime

import pytest
from django.urls import reverse

from proposals.draft import coming
from proposals.draft.models import Proposal, Status
from proposals.draft.models.proposal import BEING_DECIDED
from proposals.lifecycle import LIFECYCLE
from tests.proposals import builders


def reached():
    """Every status in which a proposal begins or to which a step leads."""
    ends = {
        end for step in LIFECYCLE.steps for source in step.sources for end in step.targets(source)
    }
    return {*LIFECYCLE.born, *ends}


@pytest.mark.parametrize("status", sorted(reached()))
def test_each_status_that_is_reached_says_who_has_it_and_what_is_next(status):
    found = coming.of(Proposal(status=status))
    assert found.who
    assert found.next.endswith(".")


def test_what_no_step_leads_to_is_told_nothing_of():
    assert {s for s in Status.values if coming.of(Proposal(status=s)) is None} == {
        Status.UNDER_APPEAL,
    }


def test_a_team_reads_the_same_whichever_link_of_the_chain_is_made():
    assert len({coming.of(Proposal(status=status)) for status in BEING_DECIDED}) == 1


@pytest.mark.parametrize(
    ("status", "hidden", "words"),
    [
        ("draft", True, "Has been told nothing by this portal."),
        (
            "submitted",
            True,
            "We are finding the right person at your employer. Your names stay hidden from it.",
        ),
        ("assessing", False, "We are finding the right person at your employer."),
        ("rejected", True, ""),
    ],
)
def test_it_says_what_the_employer_knows_and_no_more(status, hidden, words):
    assert coming.of(Proposal(status=status, names_hidden=hidden)).employer == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("draft", "Your employer was asked before this came back to you."),
        ("changes-requested", "Your employer has been asked and has until 2 April 2027."),
        ("decided", "Your employer has been asked and has until 2 April 2027."),
        ("withdrawn", ""),
        ("approved", ""),
    ],
)
def test_it_says_by_when_the_employer_is_to_answer_while_that_is_wanted(status, words):
    asked = Proposal(status=status, employer_due_on=datetime.date(2027, 4, 2))
    assert coming.of(asked).employer.startswith(words)
    assert bool(coming.of(asked).employer) is bool(words)


@pytest.mark.parametrize(
    ("status", "who"),
    [
        (Status.DRAFT, "Your team"),
        (Status.SUBMITTED, "The Cabinet Office"),
        (Status.ASSESSING, "Reviewers at the Cabinet Office"),
        (Status.APPROVED, "You and your employer"),
    ],
)
def test_the_page_shows_it(stored, client, people, staff, status, who):
    proposal = stored(builders.proposal_at, status, people, staff)
    client.force_login(people.viewer)
    address = reverse("proposals:proposal", args=[proposal.reference])
    page = client.get(address).content.decode()
    assert f">{who}</dd>" in page
    assert ("By when" in page) is (status in (Status.SUBMITTED, Status.ASSESSING))
