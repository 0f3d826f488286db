"""Leicester from the check to an approval: signed, sent back once, sent again, found suitable on terms.

On a phone, without JavaScript. Joining by mail is the way of tests/journeys/test_leicester.py; that
nothing runs off a narrow screen, and what axe finds, is looked at in tests/house.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

import accounts.reference
import proposals.reference
from accounts.models import Role, User
from proposals.draft.models import Member, Proposal, Status
from tests.browser import sign_in
from tests.factories import somebody
from tests.journeys.deciding import recommends_a_condition, two_others_agree
from tests.journeys.people import Person
from tests.proposals import builders, officials

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHECKED = ("leicestershire-partnership-nhs-trust", "no", "members", "yes", "nothing")
BEFORE = "Records could be late. We run both systems for a month."
AFTER = "Records could be late. We run both systems for three months."


def test_it_is_sent_back_once_and_approved_as_version_2_with_a_condition(
    sit: Any, portal: str
) -> None:
    accounts.reference.load()
    proposals.reference.load()
    amira, jo, daniel = somebody(), somebody(), somebody(Role.REVIEWER)
    lead, editor, reviewer = sit(amira, signed_in=False), sit(jo), sit(daniel)
    check_and_start(lead, portal, amira)
    proposal = a_team_of_three_writes(amira, jo)
    team = f"/proposals/{proposal.reference}"
    case = f"/casework/{proposal.reference}"
    sign(team, lead, editor)
    lead.goes_to(f"{team}/submit/")
    lead.presses("Submit the proposal")
    send_back(reviewer, case)
    answer(editor, team)
    lead.goes_to(f"{team}/requests/")
    lead.sees("Every request has a reply.")
    sign(team, lead, editor)
    lead.goes_to(f"{team}/resubmit/")
    lead.sees(AFTER.split()[-2], "Both are paid in full.")
    lead.presses("Send the new version")
    lead.sees("We have your proposal")
    the_reviewer_reads_what_changed(reviewer, case)
    versions = builders.again(proposal).versions.all()
    assert [one.is_intact() for one in versions] == [True, True]
    its_employer_accepts(proposal)
    builders.answer_gates(builders.again(proposal), daniel)
    reviewer.goes_to(f"{case}/recommend/")
    reviewer.sees("On version 2")
    recommends_a_condition(reviewer)
    helen, ruth = somebody(Role.DECISION_MAKER), somebody(Role.DECISION_MAKER)
    builders.declare_none(proposal, helen, ruth)
    two_others_agree(sit(helen), sit(ruth), case, "Appoint a finance lead.")
    lead.goes_to(f"{team}/letter/")
    lead.sees("found suitable, with conditions", "Appoint a finance lead.", "31 January 2099")
    assert builders.again(proposal).status == Status.APPROVED_WITH_CONDITIONS


def check_and_start(lead: Person, portal: str, amira: User) -> None:
    lead.goes_to("/")
    pick(lead, "staff")
    lead.chooses(service="homelessness-health")
    lead.presses("Continue")
    lead.types(employer_words="Leicstershire Partnership")
    lead.presses("Find my organisation")
    for value in CHECKED:
        pick(lead, value)
    lead.sees("likely to be covered")
    lead.presses("Start a proposal")
    sign_in(lead.page.context, portal, amira)
    lead.goes_to("/proposals/new/")
    lead.types(title="Example: Leicester homeless health")
    lead.presses("Start")
    lead.sees("Eleven sections")


def pick(person: Person, value: str) -> None:
    person.page.locator(f'main input[value="{value}"]').check()
    person.presses("Continue")


def a_team_of_three_writes(amira: User, jo: User) -> Proposal:
    proposal = Proposal.objects.get()
    for user, role in ((jo, "editor"), (somebody(), "viewer")):
        Member.objects.create(proposal=proposal, user=user, role=role, employed=True)
    client = Client()
    client.force_login(amira)
    builders.fill(client, proposal)
    return proposal


def sign(team: str, lead: Person, editor: Person) -> None:
    lead.goes_to(f"{team}/ask-sign-off/")
    lead.presses("Ask people to sign")
    for person in (lead, editor):
        person.goes_to(f"{team}/sign/")
        for box in person.page.locator('input[name="declared"]').all():
            box.check()
        person.types(typed_name=person.name, typed_role="Nurse")
        person.presses("Sign")


def send_back(reviewer: Person, case: str) -> None:
    reviewer.goes_to(f"{case}/declare/")
    reviewer.chooses(declared="none")
    reviewer.presses("Continue")
    reviewer.goes_to(f"{case}/begin/")
    reviewer.presses("Begin assessment")
    for place, wanted in (("quality/worse", "Run both for longer."), ("staff/worries", "Parking?")):
        reviewer.goes_to(f"{case}/requests/")
        reviewer.chooses(place=place)
        reviewer.types(wanted=wanted)
        reviewer.presses("Keep this request")
    reviewer.presses("Check and send")
    reviewer.types(**{"answer_by-day": "31", "answer_by-month": "3", "answer_by-year": "2099"})
    reviewer.presses("Send 2 requests")
    reviewer.sees("2 requests are with the team")


def answer(editor: Person, team: str) -> None:
    editor.goes_to(f"{team}/requests/")
    editor.sees("31 March 2099", "Run both for longer.")
    editor.goes_to(f"{team}/requests/1/")
    editor.sees(BEFORE)
    editor.presses("Change this page")
    editor.types(Q5=AFTER)
    editor.presses("Save and continue")
    editor.sees("2 requests have no reply yet.")
    for number, reply in ((1, "Three months now."), (2, "Both are paid in full.")):
        editor.goes_to(f"{team}/requests/{number}/")
        editor.types(reply=reply)
        editor.presses("Save the reply")


def its_employer_accepts(proposal: Proposal) -> None:
    officials.asked(builders.again(proposal))
    officials.answered(proposal)


def the_reviewer_reads_what_changed(reviewer: Person, case: str) -> None:
    reviewer.goes_to(case + "/")
    reviewer.sees("Three months now.", "Both are paid in full.")
    reviewer.follows("See what version 2 changed")
    reviewer.sees("1 answer differs between version 1 and version 2.", "three months.")
