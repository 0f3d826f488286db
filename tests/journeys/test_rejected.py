"""A case that saves nothing: its employer objects, no gate is talked away, and a letter says why.

With the figures of the domain guide's case B. On a phone, without JavaScript; what axe finds, and
that nothing runs off a narrow screen, is looked at in tests/house and tests/proposals.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import proposals.reference
from activity import links
from proposals.draft import actions as draft
from proposals.draft.models import GateCode, Proposal, Section, Status
from proposals.employer.facts import FACTS
from proposals.employer.models import ASKED
from tests.journeys.deciding import two_others_agree
from tests.journeys.people import Person
from tests.proposals import builders, officials

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAVES = "−£21,085"
SHOWN = "Shown on the pages of the proposal, line by line."
COSTS_MORE = "The service costs more than today, whichever way the figures are turned."
ENOUGH = "Lower the price by £4,218 a year, and the proposal saves money."
ASIDE = "Ring me before you write."


def test_a_case_that_saves_nothing_is_rejected_and_reads_what_would_change_it(
    sit: Any, portal: str
) -> None:
    proposals.reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = submitted(people, staff)
    case, team = (f"/{where}/{proposal.reference}" for where in ("casework", "proposals"))
    asked = officials.live(proposal)
    head = SimpleNamespace(name=asked.post, email=asked.address)
    official, door = sit(head, signed_in=False), links.path(ASKED, issued(asked))
    it_objects(official, door)
    reviewer = sit(staff.reviewer)
    it_is_read(reviewer, case)
    the_gates_are_answered(reviewer, case)
    no_gate_is_talked_away(reviewer, case)
    others = sit(staff.countersigner), sit(staff.decider)
    two_others_agree(*others, case, COSTS_MORE, SHOWN)
    assert builders.again(proposal).status == Status.REJECTED
    lead = sit(people.lead)
    lead.goes_to(f"{team}/letter/")
    lead.sees("We cannot approve your proposal as it stands", "RC-S01", COSTS_MORE, ENOUGH)
    lead.sees("You can ask for a review until", "you can submit a new proposal")
    lead.does_not_see(SHOWN, ASIDE)
    official.goes_to(door)
    official.presses("Read the letter")
    official.sees("A proposal of your staff is not approved", "Nothing is asked of you now.")
    official.does_not_see(people.lead.name, COSTS_MORE, ENOUGH, SHOWN)


def submitted(people: Any, staff: Any) -> Proposal:
    """A proposal with the figures of case B, whose employer's official was asked."""
    proposal = builders.draft_of(people)
    Section.objects.filter(proposal=proposal, key="money").update(answers=builders.CASE_B)
    signed = builders.sign_all(builders.ask_to_sign(builders.again(proposal), people))
    officials.keep_contact(signed.employer)
    signed = builders.again(signed)
    draft.submit(proposal=signed, seen=signed.revision, by=people.lead)
    builders.declare_none(signed, staff.reviewer, staff.countersigner, staff.decider)
    return builders.again(signed)


def issued(asked: Any) -> str:
    return links.issue(ASKED, asked, address=asked.address)


def it_objects(official: Person, door: str) -> None:
    """To prefer it in-house is answered on the spot; the ground of the closed list is kept."""
    official.goes_to(door)
    official.presses("See what is asked")
    official.presses("Read which service it is")
    official.presses("Send me a code")
    official.types(code=links.make_code(links.Link.objects.get(purpose=ASKED)))
    official.presses("Continue")
    official.follows("Check the facts")
    official.chooses(**{fact.key: "right" for fact in FACTS})
    official.presses("Save and continue")
    official.chooses(position="object", **{"grounds-0-ground": "in-house"})
    official.types(**{"grounds-0-evidence": "It costs more."})
    official.presses("Save and continue")
    official.sees("is no ground")
    official.chooses(**{"grounds-0-ground": "RC-S01"})
    official.page.get_by_label("Is there anything for the reviewers alone?").fill(ASIDE)
    official.presses("Save and continue")
    official.presses("Send our answer")
    official.sees("We have your answer", "It costs more.")


def it_is_read(reviewer: Person, case: str) -> None:
    """By criterion: the figures beside the employer's word on them."""
    reviewer.goes_to(f"{case}/begin/")
    reviewer.presses("Begin assessment")
    reviewer.goes_to(f"{case}/read/savings/")
    reviewer.sees(SAVES, "It costs more.")
    reviewer.goes_to(f"{case}/employer/")
    reviewer.sees(ASIDE)


def the_gates_are_answered(reviewer: Person, case: str) -> None:
    for code in GateCode:
        reviewer.goes_to(f"{case}/gates/{code.lower()}/")
        if code == GateCode.D:
            reviewer.sees(SAVES)
        reviewer.chooses(found="no" if code == GateCode.D else "yes")
        reviewer.types(evidence=SHOWN)
        reviewer.presses("Save this answer")


def no_gate_is_talked_away(reviewer: Person, case: str) -> None:
    """Neither way to approve is left, and what was typed stays while it is said."""
    reviewer.goes_to(f"{case}/recommend/")
    reviewer.chooses(outcome="approved")
    reviewer.types(good="The plan for shared rotas is clear.")
    reviewer.presses("Recommend")
    reviewer.sees("only a rejection is left")
    reviewer.chooses(outcome="rejected", **{"reasons-0-code": "RC-S01"})
    reviewer.types(**{"reasons-0-evidence": COSTS_MORE, "reasons-0-remedy": ENOUGH})
    reviewer.presses("Recommend")
    reviewer.sees("Recommended")
