"""The whole way, on real parts: a team in Leicester proposes, and everybody is told by a worker.

Once on a wide screen with JavaScript; once on a phone without, from the invitation to the letter:
what a draft asks is answered there by tests/proposals, a mentor and a question to the advice line are
walked by tests/pathfinders and tests/advice. The pages that only this way leads
to are checked with axe and at 320 pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from accounts.models import Role, User
from pathfinders.models import Pathfinder
from proposals.models import Proposal
from tests.browser import assert_accessible, assert_fits
from tests.house.test_every_page import LEICESTER, NOT_LOOKED_AT
from tests.journeys.conftest import official
from tests.journeys.people import PHONE, only_whole
from tests.proposals import builders

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
TRUST = "leicestershire-partnership-nhs-trust"
# What a service of twelve says where nobody has typed it yet.
TWELVE = {
    "S1": "Leicester homeless health",
    "S3": "homelessness-health",
    "U1_headcount": "12",
    "U1_fte": "10.5",
    "U2_transfer": "10",
    "U2_second": "2",
    "U2_stay": "0",
    "U2_unsure": "0",
}
FIFTY = " ".join(["We see people who sleep rough and have nobody else to see them."] * 5)
COUNTERFACTUAL = (2_352_000, 2_304_960, 2_258_861, 2_213_684, 2_169_410)
PRICE = (2_300_000, 2_200_000, 2_110_000, 2_040_000, 1_980_000)


@dataclass
class Looker:
    """Looks at what tests/house leaves to this journey: whole for everybody, and on a narrow screen."""

    seen: set[str] = field(default_factory=set)

    def __call__(self, page: Any) -> None:
        name = resolve(urlsplit(page.url).path).view_name
        if NOT_LOOKED_AT.get(name) != LEICESTER:
            return
        self.seen.add(name)
        assert_accessible(page)
        assert_fits(page)
        page.set_viewport_size(WIDE["viewport"])


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["wide", "phone without JavaScript"])
def test_a_service_in_leicester_becomes_a_mutual(visit, screen):
    look = Looker() if screen is WIDE else only_whole

    def sit(name: str, address: str) -> Any:
        return visit(name, address, screen, look)

    amira = sit("Amira Cole", "amira@home.example")
    jo = sit("Jo Bannister", "jo@home.example")
    a_team_writes(amira, jo, by_hand=screen is WIDE)
    it_signs_and_submits(amira, jo)
    the_cabinet_office_approves(sit)
    the_team_reads_the_letter(amira)
    if screen is WIDE:
        the_mutual_gets_a_mentor(sit)
        somebody_asks_and_is_answered(sit)
        assert look.seen == {name for name, why in NOT_LOOKED_AT.items() if why == LEICESTER}


def reference() -> str:
    return Proposal.objects.get().reference


def a_team_writes(amira: Any, jo: Any, *, by_hand: bool) -> None:
    amira.goes_to("/")
    amira.signs_up()
    amira.goes_to("/proposals/")
    amira.presses("Start a proposal")
    amira.types(title="Leicester homeless health")
    amira.types(employer_words="Leicstershire Partnership")
    amira.presses("Find my organisation")
    amira.chooses(employer=TRUST)
    amira.presses("Start")
    invite(amira, jo)
    if by_hand:
        write_the_sections(amira)
    answer_the_rest(amira)


def invite(amira: Any, jo: Any) -> None:
    amira.goes_to(f"/proposals/{reference()}/team/invite/")
    amira.types(name="Jo", email=jo.address)
    amira.presses("Send the invitation")
    jo.signs_up()
    jo.follows_mail("")
    jo.presses("See what it is")
    jo.chooses(employed="yes")
    jo.presses("Join")
    jo.sees("Leicester homeless health")


def write_the_sections(amira: Any) -> None:
    amira.goes_to(f"/proposals/{reference()}/sections/service/name/")
    amira.chooses(S3="homelessness-health")
    amira.presses("Save and continue")
    amira.presses("Save and continue")
    amira.chooses(S4="dhsc")
    amira.presses("Save and continue")
    amira.types(S5=FIFTY, S9="1,200", S9_how="2025 to 2026, counted at the door")
    amira.presses("Save and continue")
    amira.chooses(S6="pathway")
    amira.presses("Save and continue")
    amira.types(**{"S7-0-area": "Lecester", "S8-0-postcode": "LE1 1NN"})
    amira.presses("Save and continue")
    amira.sees("Row 1: check “Lecester”: did you mean Leicester?")
    amira.types(**{"S7-0-area": "Leicester"})
    amira.presses("Save and continue")
    amira.chooses(S10="no")
    amira.presses("Save and continue")
    amira.goes_to(f"/proposals/{reference()}/sections/staff/staff/")
    amira.types(U1_headcount="12", U1_fte="10.5")
    amira.types(U2_transfer="10", U2_second="2", U2_stay="0", U2_unsure="0")
    amira.presses("Save and continue")
    write_a_table(amira)
    amira.goes_to(f"/proposals/{reference()}/sections/model/form/")
    amira.chooses(M1="cic-guarantee", M3="community")
    amira.presses("Save and continue")
    amira.goes_to(f"/proposals/{reference()}/sections/quality/better/")
    amira.types(Q4=FIFTY)
    amira.presses("Save and continue")
    amira.types(Q5="People could lose touch with us, so nobody moves until the new clinic is open.")
    amira.presses("Save and continue")
    write_the_money(amira)


def write_a_table(amira: Any) -> None:
    """Rows more and rows less: each button saves what was typed."""
    for number in range(3):
        amira.chooses(**{f"U3-{number}-method": "meeting"})
        cells = {"date": f"{number + 1} March 2020", "number": "12", "summary": f"Talk {number}"}
        amira.types(**{f"U3-{number}-{key}": text for key, text in cells.items()})
    amira.presses("Add another row to “How have you talked with staff so far?”")
    amira.types(**{"U3-3-summary": "The fourth"})
    amira.presses("Remove row 2")
    summaries = [amira.page.locator(f'[name="U3-{n}-summary"]').input_value() for n in range(3)]
    assert summaries == ["Talk 0", "Talk 2", "The fourth"]
    amira.presses("Remove row 3")
    amira.presses("Save and continue")


def answer_the_rest(amira: Any) -> None:
    """The pages that are like these, through the same addresses without a browser."""
    client = Client()
    client.force_login(User.objects.get(email=amira.address))
    groups = [{"group": "All of us", "headcount": "12", "fte": "10.5", "pay": "480,000"}]
    # Some answers ask for more pages: these come in the second round.
    for _ in range(2):
        builders.fill(client, Proposal.objects.get(), **TWELVE, W1=groups)
    amira.goes_to(f"/proposals/{reference()}/tasks/")
    amira.sees("11 of 11 sections are complete")


def write_the_money(amira: Any) -> None:
    amira.goes_to(f"/proposals/{reference()}/money/today/")
    amira.chooses(F1="2025")
    amira.page.locator('input[value="constant"]').check()
    amira.types(F2_inflation="2", F3_pay="2,000,000", F3_premises="400,000")
    amira.presses("Save and continue")
    cells = {f"F4_{year}": f"{sum_:,}" for year, sum_ in enumerate(COUNTERFACTUAL, 1)}
    cells |= {f"F5_{year}": f"£{sum_}" for year, sum_ in enumerate(PRICE, 1)}
    cells |= {f"F6_{year}": "25000" for year in range(1, 6)}
    one_off = {"F7_employer": "50000", "F7_team": "15000", "F7_grant": "25000"}
    amira.types(F4_source="The trust's own plan: 2% less a year", **one_off, **cells)
    amira.presses("Save and see the result")
    amira.sees("£453,915", "4.02%")


def it_signs_and_submits(amira: Any, jo: Any) -> None:
    amira.goes_to(f"/proposals/{reference()}/ask-sign-off/")
    for box in amira.page.locator('input[name="signers"]').all():
        box.check()
    amira.presses("Ask people to sign")
    for person in (amira, jo):
        person.opens_mail("")
        person.goes_to(f"/proposals/{reference()}/sign/")
        for box in person.page.locator('input[name="declared"]').all():
            box.check()
        person.types(typed_name=person.name, typed_role="Nurse")
        person.presses("Sign")
    amira.goes_to(f"/proposals/{reference()}/submit/")
    amira.presses("Submit the proposal")
    amira.sees(reference(), "Fingerprint")
    amira.opens_mail("")


def the_cabinet_office_approves(sit: Any) -> None:
    people = [
        ("Daniel Okoro", "daniel@office.example", Role.REVIEWER),
        ("Helen Marsh", "helen@office.example", Role.DECISION_MAKER),
        ("Ruth Adeyemi", "ruth@office.example", Role.DECISION_MAKER),
    ]
    for name, address, role in people:
        official(name, address, role, "cabinet-office")
    daniel, helen, ruth = (sit(name, address) for name, address, _ in people)
    for person in (daniel, helen, ruth):
        person.signs_in()
        person.goes_to("/casework/")
        person.sees("Leicester homeless health")
        person.goes_to(f"/casework/{reference()}/declare/")
        person.chooses(declared="none")
        person.presses("Continue")
    case = f"/casework/{reference()}"
    daniel.goes_to(f"{case}/begin/")
    daniel.presses("Begin assessment")
    daniel.goes_to(f"{case}/recommend/")
    daniel.sees("Find the employer's official first.")
    builders.hear_employer(Proposal.objects.get())
    builders.answer_gates(Proposal.objects.get(), User.objects.get(name=daniel.name), F="not-yet")
    daniel.goes_to(f"{case}/recommend/")
    daniel.sees("Gate F: Guarantees has a “not yet”")
    daniel.goes_to(f"{case}/gates/f/")
    daniel.chooses(found="yes")
    daniel.types(evidence="Continuity, safeguarding and debts each have a plan with an owner.")
    daniel.presses("Save this answer")
    daniel.goes_to(f"{case}/recommend/")
    daniel.chooses(outcome="approved")
    daniel.types(good="The saving is shown against staying in-house, and tested.")
    daniel.presses("Recommend")
    helen.opens_mail("A recommendation is waiting for you")
    helen.goes_to(f"{case}/countersign/")
    helen.presses("Countersign")
    ruth.goes_to(f"{case}/decide/")
    ruth.presses("Decide")
    ruth.goes_to(f"{case}/release/")
    ruth.presses("Confirm")


def the_team_reads_the_letter(amira: Any) -> None:
    amira.opens_mail("")
    amira.goes_to(f"/proposals/{reference()}/letter/")
    amira.sees("Ruth Adeyemi", "suitable")


def the_mutual_gets_a_mentor(sit: Any) -> None:
    official("Tom Fairley", "tom@office.example", Role.COORDINATOR, "cabinet-office")
    official("Grace Oduya", "grace@partners.example", Role.MENTOR, "john-lewis-partnership")
    tom = sit("Tom Fairley", "tom@office.example")
    grace = sit("Grace Oduya", "grace@partners.example")
    public = sit("Somebody", "nobody@home.example")
    entry = f"/pathfinders/{Pathfinder.objects.get(proposal_reference=reference()).reference}"
    public.page.goto(public.url + entry)
    public.sees("We cannot find that page")
    tom.signs_in()
    tom.goes_to(f"{entry}/publish/")
    tom.presses("Publish the entry")
    public.goes_to(entry)
    public.sees("Leicester homeless health", "Implementation")
    public.does_not_see("promised", "saves the public")
    tom.goes_to(entry)
    tom.follows("what was promised")
    tom.sees("As frozen with version 1 of the proposal.", "453,915")
    tom.goes_to(f"{entry}/offer/")
    tom.page.get_by_label("The John Lewis Partnership").check()
    tom.types(why="They know how a council of staff works.")
    tom.presses("Make the offer")
    grace.signs_in()
    grace.opens_mail("An offer of mentoring")
    grace.goes_to("/mentoring/mine/")
    grace.follows("The John Lewis Partnership for Leicester homeless health")
    grace.presses("Accept the offer")
    grace.presses("Accept the offer")
    grace.sees("Yes, on")


def somebody_asks_and_is_answered(sit: Any) -> None:
    official("Nia Rees", "nia@advice.example", Role.ADVISER, "local-partnerships")
    sam, nia = sit("Sam", "sam@home.example"), sit("Nia Rees", "nia@advice.example")
    elsewhere = sit("Sam", "sam@home.example")
    sam.goes_to("/advice/")
    sam.presses("Ask a question")
    sam.types(question="What would happen to our pensions?", name="Sam", email=sam.address)
    sam.page.wait_for_timeout(2_500)  # who fills a form in two seconds is taken for a robot
    sam.presses("Send my question")
    sam.sees("We have your question", "ENQ-")
    nia.signs_in()
    nia.goes_to("/advice/next/")
    nia.presses("Take the next enquiry")
    nia.sees("What would happen to our pensions?")
    nia.presses("Reply")
    nia.types(words="It depends on your scheme. Tell us which one you are in.")
    nia.presses("Send reply")
    elsewhere.opens_mail("A message is waiting for you")
    elsewhere.follows_mail("A message is waiting for you")
    elsewhere.presses("Open the page")
    elsewhere.does_not_see("It depends on your scheme")
    elsewhere.follows("Read what was said")
    elsewhere.presses("Send me a code")
    code = elsewhere.opens_mail("Your code").get_content().split("Your code is ")[1][:6]
    elsewhere.types(code=code)
    elsewhere.presses("Continue")
    elsewhere.sees("It depends on your scheme. Tell us which one you are in.")
