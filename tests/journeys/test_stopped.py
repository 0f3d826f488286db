"""A proposal is stopped by its team; another is left alone until it lapses, and comes back.

On a phone, without JavaScript.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine

import proposals.reference
from activity import clock
from proposals.draft import actions, lapsing
from proposals.draft.models import Proposal, Status
from tests.proposals import builders

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_team_stops_its_proposal_and_the_reviewer_reads_why(sit: Any) -> None:
    proposals.reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = builders.proposal_at(Status.ASSESSING, people, staff)
    lead, reviewer = sit(people.lead), sit(staff.reviewer)

    lead.goes_to(f"/proposals/{proposal.reference}/")
    lead.follows("Withdraw this proposal")
    lead.presses("Withdraw the proposal")
    lead.sees("There is a problem")
    lead.chooses(reason="staff")
    lead.types(words="Nine of us have left.")
    lead.presses("Withdraw the proposal")
    lead.sees("Your team stopped this. Nothing is held against you.")

    reviewer.goes_to(f"/casework/{proposal.reference}/")
    reviewer.sees("Why the team stopped it", "Nine of us have left.")


def test_another_lapses_after_two_warnings_and_its_lead_brings_it_back(sit: Any) -> None:
    proposals.reference.load()
    people = builders.team()
    proposal = builders.draft_of(people)
    lead = sit(people.lead)
    lead.goes_to(f"/proposals/{proposal.reference}/tasks/")
    lead.does_not_see("This will lapse on")

    # Nobody is reminded in the night.
    with time_machine.travel(clock.now().replace(hour=12)) as moved:
        leave_alone_until_warned(moved)
        lead = sit(people.lead)
        lead.goes_to(f"/proposals/{proposal.reference}/tasks/")
        lead.sees("This will lapse on")
        leave_alone_until_it_lapses(moved)
        lead = sit(people.lead)
        lead.goes_to(f"/proposals/{proposal.reference}/")
        lead.sees("Lapsed", "Your lead can bring it back.")
        lead.follows("Bring it back")
        lead.presses("Bring it back")
        lead.goes_to(f"/proposals/{proposal.reference}/tasks/")
        lead.sees("11 of 11 sections are complete")

    assert builders.again(proposal).status == Status.DRAFT


def leave_alone_until_warned(moved: Any) -> None:
    days = lapsing.days_in_force(clock.today())
    moved.shift(datetime.timedelta(days=days.warn + 5))
    assert let_days_pass(moved) == 1


def leave_alone_until_it_lapses(moved: Any) -> None:
    while Proposal.objects.get().status != Status.LAPSED:
        moved.shift(datetime.timedelta(days=5))
        let_days_pass(moved)


def let_days_pass(moved: Any) -> int:
    """Run the daily job until it has nothing more to do; it works on working days alone."""
    acted = 0
    for _day in range(4):
        acted += actions.go_through_the_quiet()
        moved.shift(datetime.timedelta(days=1))
    return acted
