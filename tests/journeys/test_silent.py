"""An employer that stays silent: its department, then the Cabinet Office, then an approval without it.

The clock is moved for everybody. The lead of the department is at a phone with JavaScript, where axe
looks; the officials and the team at one without.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import proposals.reference
from accounts.models import User
from activity import clock, links
from activity.models import ClockMove
from proposals.draft.models import Proposal, Status
from proposals.employer import escalating
from proposals.employer.clocks import ladder_of
from proposals.employer.models import ESCALATED, Escalation
from tests.browser import NARROW, assert_accessible, assert_fits
from tests.days import at
from tests.held_links import prove
from tests.journeys.deciding import recommends_a_condition, two_others_agree
from tests.journeys.people import Person
from tests.proposals import builders
from tests.proposals.test_silence import submitted

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WHY = "The trust is being merged until May."


def test_a_silent_employer_is_asked_above_and_the_case_goes_on_without_it(
    sit: Any, portal: str, browser: Any, settings: Any
) -> None:
    settings.TEST_CLOCK = True
    proposals.reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = submitted(people, staff)
    builders.declare_none(proposal, staff.decider)
    days = ladder_of(proposal)
    move_to(days.department_on)
    escalating.go_through_the_silent()
    with browser.new_context(viewport=NARROW) as context:
        the_lead_says_why(context.new_page(), portal)
    move_to(days.cabinet_office_on)
    escalating.go_through_the_silent()
    case = f"/casework/{proposal.reference}"
    it_is_approved_with_a_condition(sit(staff.reviewer), case, proposal, staff.reviewer)
    two_others_agree(sit(staff.countersigner), sit(staff.decider), case, "Appoint a finance lead.")
    assert builders.again(proposal).status == Status.APPROVED_WITH_CONDITIONS
    lead = sit(people.lead)
    lead.goes_to(f"/proposals/{proposal.reference}/letter/")
    lead.sees("Your proposal is found suitable, with conditions", "Appoint a finance lead.")
    lead.sees("Your employer was asked and had not answered when we judged it")
    lead.does_not_see(WHY)


def move_to(day: datetime.date) -> None:
    far = at(day) - clock.now()
    ClockMove.objects.create(seconds=far.total_seconds())


def the_lead_says_why(page: Any, portal: str) -> None:
    found = Escalation.objects.get()
    page.goto(portal + links.path(ESCALATED, links.issue(ESCALATED, found, address=found.address)))
    look(page)
    page.locator("main button").first.click()
    look(page)
    prove(page, ESCALATED)
    assert page.locator("h1").inner_text() == "An employer has not answered"
    page.get_by_label("Nobody will, and I say why").check()
    page.get_by_role("button", name="Send my reply").click()
    look(page)
    assert "Say why nobody will answer" in page.locator(".govuk-error-summary").inner_text()
    page.get_by_label("Why will nobody answer?").fill(WHY)
    page.get_by_role("button", name="Send my reply").click()
    look(page)
    assert "We have your reply" in page.locator("main").inner_text()


def look(page: Any) -> None:
    assert_accessible(page)
    assert_fits(page)


def it_is_approved_with_a_condition(
    reviewer: Person, case: str, proposal: Proposal, by: User
) -> None:
    reviewer.goes_to(f"{case}/employer/")
    reviewer.sees(WHY)
    reviewer.goes_to(f"{case}/begin/")
    reviewer.presses("Begin assessment")
    builders.answer_gates(builders.again(proposal), by)
    reviewer.goes_to(f"{case}/recommend/")
    reviewer.sees("Silence counts neither as a yes nor as a no.")
    recommends_a_condition(reviewer)
