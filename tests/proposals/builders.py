"""Proposals for tests, brought where a test needs them by the portal's own actions."""

import datetime
import uuid
from types import SimpleNamespace

import pgtrigger
from django.http import QueryDict

from accounts.models import OrganisationKind, Role
from activity import clock
from activity.workflow import revision_known_to
from proposals.decision import actions as decision
from proposals.decision.exempt import actions as exempting
from proposals.decision.models import Outcome
from proposals.draft import actions as draft
from proposals.draft import openness
from proposals.draft.actions.writing import mark_of
from proposals.draft.completeness import overview
from proposals.draft.models import (
    GateCode,
    Member,
    MemberRole,
    Proposal,
    ReasonCode,
    ScopeRule,
    Section,
    Signature,
    Status,
)
from proposals.employer.hearing import heard
from proposals.review import actions as review
from proposals.review import requests
from proposals.review.gates.models import Finding, GateResult
from tests.factories import OrganisationFactory, UserFactory, somebody

WORDS = " ".join(["word"] * 60)
NONE = "There are none."
DAY = {"day": "31", "month": "3", "year": "2040"}
RISK = {
    "risk": "The lease ends",
    "category": "assets",
    "likelihood": "2",
    "impact": "3",
    "owner": "The manager",
    "action": "",
    "date": "",
}
INDICATOR = {
    "name": "Wait for a first visit",
    "unit": "weeks",
    "direction": "lower",
    "source": "The appointment system",
    "baseline": "5",
    "period": "2025",
    "year_1": "5",
    "year_2": "4",
    "year_3": "3",
    "year_4": "2.5",
    "year_5": "2",
    "minimum": "6",
    "reason": "",
}


def yearly(**lines):
    """Boxes of a grid by their place: a line is its five years, or one figure for each of them."""
    rows = {line: row if isinstance(row, tuple) else (row,) * 5 for line, row in lines.items()}
    return {
        f"{line}_{year}": f"{pounds:,}"
        for line, row in rows.items()
        for year, pounds in enumerate(row, 1)
    }


def years(*pounds):
    """Boxes of a grid of one line."""
    return {str(year): f"{each:,}" for year, each in enumerate(pounds, 1)}


PRICE = (2_300_000, 2_200_000, 2_110_000, 2_040_000, 1_980_000)
# Worked case A of the guide, and books that would hold.
MONEY = {
    "F1": "2024",
    "F2": "constant",
    "F2_inflation": "2",
    "F3": {
        "pay": "1,850,000",
        "non_pay": "180,000",
        "premises": "130,000",
        "support": "90,000",
        "overheads": "70,000",
        "vat": "60,000",
        "capital": "20,000",
    },
    "F4": years(2_352_000, 2_304_960, 2_258_861, 2_213_684, 2_169_410),
    "F4_source": "Finance plan",
    "F5": years(*PRICE),
    "F6": years(*[25_000] * 5),
    "F6_reason": "",
    "F7": {"employer": "50,000", "team": "15,000", "grant": "25,000"},
    "F8": yearly(main=PRICE, fees=300_000),
    "F9": yearly(
        pay=(1_700_000, 1_620_000, 1_550_000, 1_495_000, 1_450_000),
        pension=(240_000, 230_000, 220_000, 210_000, 200_000),
        ni=(150_000, 145_000, 140_000, 135_000, 130_000),
        premises=120_000,
        it=60_000,
        supplies=130_000,
        insurance=20_000,
        professional=10_000,
        audit=10_000,
        vat=60_000,
        contingency=(55_000, 55_000, 55_000, 52_000, 50_000),
    ),
    "F11_opening": "200,000",
    "F11_lowest": "150,000",
    "F11_closing": years(245_000, 285_000, 320_000, 358_000, 398_000),
    "F11_facility": "",
    "F13": "150,000",
    "F13_source": "advance",
    "F15": "no",
    "F15_list": [],
}
# Case B: the headline looks good, and it costs more than staying in-house.
CASE_B = MONEY | {
    "F5": years(2_340_000, 2_280_000, 2_210_000, 2_150_000, 2_100_000),
    "F6": years(*[30_000] * 5),
}
# Every question but those of the employer, answered as briefly as may be.
ANSWERED = {
    "service": {
        "S1": "Wolds community nursing",
        "S3": "community-health",
        "S4": "dhsc",
        "S5": WORDS,
        "S6": "one",
        "S7": [{"area": "Leicester"}],
        "S8": [{"postcode": "LE1 5WW", "what": ""}],
        "S9": "2,000",
        "S9_how": "2025, from the appointment system",
        "S10": "no",
        "S10_which": "",
        "S10_doubt": "",
        "S11": "no",
        "S12": "no",
        "S13": ["cqc"],
        "S14": [{"service": "General practice", "direction": "both", "risk": "Late letters"}],
    },
    "team": {
        "T1_name": "Ngozi Adeyemi",
        "T1_job": "Nurse",
        "T1_email": "ngozi@home.example",
        "T1_phone": "0116 496 0000",
        "T3_lead": "yes",
        "T2": [{"name": "Tom Reyes", "job": "Nurse", "email": "", "T3": "yes"}],
        **dict.fromkeys(
            (
                *("T4_finance", "T4_law", "T4_hr", "T4_bidding"),
                *("T4_it", "T4_property", "T4_professional", "T4_governance"),
            ),
            "2",
        ),
        "T5": "recruit",
        "T6": "no",
        "T7": "None.",
        "T7_adviser": "no",
        "T8": "no",
    },
    "staff": {
        "U1_headcount": "94",
        "U1_fte": "81.5",
        "U2_transfer": "80",
        "U2_second": "4",
        "U2_stay": "5",
        "U2_unsure": "5",
        "U3": [{"date": "3/3/2020", "method": "meeting", "number": "40", "summary": "Go on."}],
        "U4": "most",
        "U5": "no",
        "U6": "meetings",
        "U8": "",
        "U9": [{"worry": "Pensions", "answer": "They stay."}],
        "U10": "They keep their posts.",
    },
    "employer": {
        "C1": "no",
        "C2": "The county council",
        "C2_amount": "2,400,000",
        "C3": "no",
        "C5": [{"what": "budgets", "asked": "3/3/2020", "received": "4/4/2020"}],
        "C6": "5",
        "C7": "By a yearly meeting.",
    },
    "model": {
        "M1": "undecided",
        "M3": "community",
        "M2": "We compared two.",
        "M4": [
            {
                "kind": "employees",
                "who": "All staff",
                "joining": "automatic",
                "cost": "1",
                "votes": "100",
                "seats": "3",
                "surplus": "0",
            }
        ],
        "M6": "no",
        "M7": "statutory",
        "M8": "They go back.",
        "M8_service": "100",
        "M8_staff": "0",
        "M8_community": "0",
        "M9_number": "5",
        "M9_staff": "3",
        "M9_independent": "1",
        "M9_users": "1",
        "M9_host": "0",
        "M9_term": "3",
        "M9_chair": "The board.",
        "M10": "Three quarters of members must agree.",
        "M11": "no",
        "M12": "no",
    },
    "quality": {
        "Q1": [INDICATOR, INDICATOR | {"name": "Falls"}, INDICATOR | {"name": "Complaints"}],
        "Q2": "not-inspected",
        "Q3": "They hold a third of the votes.",
        "Q4": WORDS,
        "Q5": "Records could be late. We run both systems for a month.",
        "Q6": [{"who": "all-others", "effect": "same", "how": "We asked them.", "action": ""}],
        "Q7": "The lead nurse answers for it.",
    },
    "money": MONEY,
    "workforce": {
        "W1": [{"group": "Nurses", "headcount": "94", "fte": "81.5", "pay": "1,900,000"}],
        "W2": [{"group": "Nurses", "route": "tupe", "length": "", "after": ""}],
        "W3": "none",
        "W4": [{"scheme": "nhs", "members": "90"}],
        "W5": "direction",
        "W6": "employer",
        "W6_how": NONE,
        "W7": "The same.",
        "W8": NONE,
        "W9": "yes",
        "W9_how": "All of them.",
        "W10_consult": DAY,
        "W10_transfer": DAY | {"year": "2041"},
        "W11": "10,000",
    },
    "assets": {
        "A1": "no",
        "A2": "no",
        "A3": [{"system": "Records", "holder": "The trust", "plan": "Shared for a year"}],
        "A4": "mutual",
        "A4_sharing": NONE,
        "A5": NONE,
        "A6": "no",
        "A7": "no",
        "A8": "By a lock in law.",
        "A9": NONE,
    },
    "award": {
        "P1": "10,000,000",
        "P2": [],
        "P3": "not-known",
        "P4": "Not known yet.",
        "P4_adviser": "",
        "P5": "no",
        "P6": "Nobody nearby.",
        "P7": "no",
        "P8": "no",
    },
    "support": {
        "R": [RISK] * 5,
        "H1": ["none"],
        "H2": "0",
        "H2_purpose": "",
        "H3": "Nobody.",
        "H4": "no",
        "H5": "no",
        "D1": "yes",
    },
}


def answers(employer):
    """A whole set of answers, as typed: worked case A of the guide for the money."""
    return {**ANSWERED, "service": ANSWERED["service"] | {"S2": employer.slug}}


def boxes(typed):
    """Answers with each box of a grid by the name that a page sends it under."""
    sent = {}
    for name, answer in typed.items():
        is_grid = isinstance(answer, dict)
        sent |= {f"{name}_{at}": text for at, text in answer.items()} if is_grid else {name: answer}
    return sent


def team(**known):
    """A lead, an editor and a viewer."""
    people = {"lead": None, "editor": None, "viewer": None} | known
    return SimpleNamespace(**{name: person or somebody() for name, person in people.items()})


def canaries():
    """A team whose names are found wherever they stand."""
    parts = ("lead", "editor", "viewer")
    return team(**{part: UserFactory(name=f"Canary {part}") for part in parts})


def officials():
    """Enough people for every link of the chain."""
    return SimpleNamespace(
        reviewer=somebody(Role.REVIEWER),
        countersigner=somebody(Role.DECISION_MAKER),
        decider=somebody(Role.DECISION_MAKER),
        fourth=somebody(Role.DECISION_MAKER),
    )


def draft_of(people, *, complete=True):
    """A draft with its team, complete or just begun."""
    employer = OrganisationFactory.create()
    proposal = draft.create(title="Wolds community nursing", employer=employer, by=people.lead)
    for role in (MemberRole.EDITOR, MemberRole.VIEWER):
        Member.objects.create(
            proposal=proposal, user=getattr(people, role), role=role, employed=True
        )
    if complete:
        Section.objects.filter(proposal=proposal).delete()
        Section.objects.bulk_create(
            Section(proposal=proposal, key=key, answers=typed)
            for key, typed in answers(employer).items()
        )
        Proposal.objects.filter(pk=proposal.pk).update(
            sector="community-health", headcount=94, base_cost_pence=240_000_000
        )
    return again(proposal)


def fill(client, proposal, **changes):
    """Answer every page that still lacks something, one after another, as a person at a browser.

    changes: answers that differ from the usual ones, by the id of their question.
    """
    for each in overview(again(proposal)):
        for page in each.open_pages:
            answers = ANSWERED[each.topic.key] | changes
            form = page.form(data={name: answers.get(name) for name in page.form.base_fields})
            where = page.address(proposal.reference, each.topic.key)
            typed = QueryDict(mutable=True)
            for name in form.fields:
                for key, text in form.sent(name):
                    typed.appendlist(key, text)
            section = Section.objects.filter(proposal=proposal, key=each.topic.key).first()
            typed["seen"] = mark_of(section.answers if section else {}, page)
            sent = client.post(where, typed.urlencode(), "application/x-www-form-urlencoded")
            assert sent.status_code == 302, (where, sent.context["form"].errors)


def again(proposal):
    """The proposal as it is now, with nothing remembered."""
    return Proposal.objects.select_related("employer").get(pk=proposal.pk)


def ask_to_sign(proposal, people):
    signers = Member.objects.filter(proposal=proposal).exclude(role=MemberRole.VIEWER)
    seen = revision_known_to(people.lead, proposal)
    draft.ask_sign_off(proposal=proposal, signers=list(signers), seen=seen, by=people.lead)
    return again(proposal)


def sign_all(proposal):
    for asked in Signature.objects.missing().filter(proposal=proposal).select_related("user"):
        draft.sign(
            proposal=proposal,
            asked=asked.key,
            typed_name=asked.user.name,
            typed_role="Nurse",
            by=asked.user,
        )
    return again(proposal)


def said(text):
    """Words as a page sends them, with the key that it was drawn with."""
    return {"text": text, "once": uuid.uuid4()}


def declare_none(proposal, *people):
    for person in people:
        review.declare(proposal=proposal, is_conflict=False, by=person)


def ground(code="RC-S01"):
    return decision.Ground(
        code=ReasonCode.objects.get(code=code),
        evidence="The calculation of 3 March.",
        remedy="Lower the price by £4,218 a year.",
    )


def term():
    return decision.Term(
        text="Appoint a finance lead.",
        owner="The team lead",
        due_on=datetime.date(2099, 1, 31),
        evidence="A signed contract.",
    )


def hear_employer(proposal):
    """Its employer has answered: the contact of its record, unless somebody else is asked."""
    from tests.proposals import officials  # noqa: PLC0415  they are built upon what is built here

    if proposal.employer_due_on is None:
        officials.asked(proposal)
    if again(proposal).employer_answered_at is None:
        officials.answered(proposal)
    return again(proposal)


def answer_gates(proposal, by, **found):
    """A result of every gate on its latest version: a yes, but where `found` says otherwise.

    Written without the portal's action: many tests need them, and few are about them.
    """
    version = proposal.versions.latest()
    last = {each.gate: each.number for each in proposal.gate_results.standing()}
    GateResult.objects.bulk_create(
        GateResult(
            proposal=proposal,
            version=version,
            gate=code,
            number=last.get(code, 0) + 1,
            found=found.get(code, Finding.YES),
            evidence="The pages of the proposal.",
            by=by,
        )
        for code in GateCode.values
    )
    return again(proposal)


def to_recommend(proposal, staff, **found):
    """Its employer has answered and so has its reviewer every gate. found: by gate, if no yes."""
    return answer_gates(hear_employer(proposal), staff.reviewer, **found)


def recommend(proposal, staff, outcome=Outcome.APPROVED):
    found = {"D": Finding.NO} if outcome == Outcome.REJECTED else {}
    proposal = to_recommend(proposal, staff, **found)
    decision.recommend(
        proposal=proposal,
        outcome=outcome,
        good="The plan for shared rotas is clear.",
        heard=heard(proposal),
        grounds=[ground()] if outcome == Outcome.REJECTED else [],
        terms=[term()] if outcome == Outcome.APPROVED_WITH_CONDITIONS else [],
        seen=proposal.revision,
        by=staff.reviewer,
    )
    return again(proposal)


def release_conditional(proposal, staff):
    """From submitted, its employer heard, to a letter with a condition."""
    declare_none(proposal, staff.decider)
    review.begin(proposal=proposal, seen=proposal.revision, by=staff.reviewer)
    proposal = recommend(again(proposal), staff, Outcome.APPROVED_WITH_CONDITIONS)
    for _status, go_on in PATH[4:]:
        proposal = again(go_on(proposal, None, staff, None))
    return proposal


def withdraw(proposal, people):
    stop = {"reason": "money", "words": "Year 3 does not add up."}
    draft.withdraw(proposal=proposal, seen=proposal.revision, by=people.lead, **stop)
    return again(proposal)


def ask_exempt(proposal, by, **changes):
    """What the page of a decision maker sends who proposes an exemption, pressed."""
    said = {
        "rule": ScopeRule.objects.get(code="SC-EXEMPT"),
        "area": "defence",
        "why": "You nurse at a naval base. The part outside it is covered.",
        "public_why": "Care within military bases.",
        "review_on": clock.today() + datetime.timedelta(days=365),
        "seen": proposal.revision,
    }
    if "department" not in changes:
        said["department"] = OrganisationFactory.create(kind=OrganisationKind.DEPARTMENT)
    return exempting.ask_exempt(proposal=proposal, by=by, **said | changes)


def confirm_exempt(proposal, asked, by):
    seen = {"asked": asked.pk, "seen": proposal.revision}
    exempting.confirm_exempt(proposal=proposal, by=by, **seen)
    return again(proposal)


def proposal_at(status, people=None, staff=None, outcome=None):
    """A proposal that has come to this status step by step, as its people would take it there."""
    people, staff = people or team(), staff or officials()
    outcomes = {choice.value: choice for choice in Outcome}
    outcome = outcome or outcomes.get(status, Outcome.APPROVED)
    if status == Status.CHANGES_REQUESTED:
        return ask_changes(proposal_at(Status.ASSESSING, people, staff), staff)
    if status == Status.EXEMPT:
        read = proposal_at(Status.SUBMITTED, people, staff)
        return confirm_exempt(read, ask_exempt(read, staff.decider), staff.countersigner)
    proposal = draft_of(people)
    for reached, go_on in PATH:
        if status == reached:
            return proposal
        proposal = again(go_on(proposal, people, staff, outcome))
    if status == Status.WITHDRAWN:
        submitted = proposal_at(Status.SUBMITTED, people, staff)
        return withdraw(submitted, people)
    assert proposal.status == status
    return proposal


def _submit(proposal, people, staff, outcome):
    proposal = sign_all(proposal)
    draft.submit(proposal=proposal, seen=proposal.revision, by=people.lead)
    declare_none(proposal, staff.reviewer, staff.countersigner, staff.decider, staff.fourth)
    return proposal


def _step(action, person):
    def go_on(proposal, people, staff, outcome):
        action(proposal=proposal, seen=proposal.revision, by=getattr(staff, person))
        return proposal

    return go_on


PATH = (
    (Status.DRAFT, lambda proposal, people, *rest: ask_to_sign(proposal, people)),
    (Status.AWAITING_SIGN_OFF, _submit),
    (Status.SUBMITTED, _step(review.begin, "reviewer")),
    (Status.ASSESSING, lambda p, people, staff, outcome: recommend(p, staff, outcome)),
    (Status.RECOMMENDED, _step(decision.countersign, "countersigner")),
    (Status.COUNTERSIGNED, _step(decision.decide, "decider")),
    (Status.DECIDED, _step(decision.release, "decider")),
)


def draft_request(proposal, by, *, section="quality", page="worse", wanted="More on the year."):
    return requests.draft(
        proposal=proposal, section=section, page=page, wanted=wanted, once=uuid.uuid4(), by=by
    )


def ask_changes(proposal, staff, *places, answer_by=datetime.date(2099, 3, 31)):
    """Sent back with a request about each of these pages. places: keys of sections and pages."""
    for section, page in places or [("quality", "worse")]:
        draft_request(proposal, staff.reviewer, section=section, page=page)
    requests.ask_changes(
        proposal=proposal,
        answer_by=answer_by,
        shown=requests.mark_of(list(proposal.request_drafts.all())),
        seen=proposal.revision,
        by=staff.reviewer,
    )
    return again(proposal)


def reply_all(proposal, people):
    """A reply to each request that has none."""
    for asked in [each for each in openness.requests(again(proposal)) if not each.reply]:
        requests.answer(
            request=asked, reply="We changed it.", seen=asked.revision, by=people.editor
        )
    return again(proposal)


def resubmit(proposal, people):
    """Answered, signed and sent as the next version."""
    signed = sign_all(ask_to_sign(reply_all(proposal, people), people))
    seen = revision_known_to(people.lead, signed)
    requests.resubmit(proposal=signed, seen=seen, by=people.lead)
    return again(proposal)


def submit_again(proposal, people, staff, typed=None):
    """Returned as incomplete, written in, signed and submitted once more. typed: by section."""
    review.return_incomplete(
        proposal=proposal, missing="More.", seen=proposal.revision, by=staff.reviewer
    )
    for key, given in (typed or {}).items():
        section = Section.objects.get(proposal=proposal, key=key)
        section.answers |= given
        section.save()
    signed = sign_all(ask_to_sign(again(proposal), people))
    draft.submit(proposal=signed, seen=signed.revision, by=people.lead)
    return again(proposal)


def many(count, *, team_of=None, status=Status.SUBMITTED, also=lambda n: {}):
    """Rows for lists: so many proposals in a status, made without taking a step.

    also: more columns of the one of that number, from 0.
    """
    employer = OrganisationFactory.create()
    received = clock.now()
    before = Proposal.objects.count()
    with_officials = status not in (Status.DRAFT, Status.AWAITING_SIGN_OFF)
    with pgtrigger.ignore("proposals.Proposal:status_by_step"):
        rows = Proposal.objects.bulk_create(
            Proposal(
                reference=f"RTP-2024-{before + n:04}",
                title=f"Service {before + n}",
                employer=employer,
                status=status,
                submitted_at=received if with_officials else None,
                due_on=clock.today() + datetime.timedelta(n % 7) if with_officials else None,
                **also(n - 1),
            )
            for n in range(1, count + 1)
        )
    if team_of is not None:
        Member.objects.bulk_create(Member(proposal=row, user=team_of, role="lead") for row in rows)
    return rows
