"""Proposals for tests, brought where a test needs them by the portal's own actions."""

import datetime
import uuid
from types import SimpleNamespace

import pgtrigger

from accounts.models import Role
from activity import clock
from proposals.decision import actions as decision
from proposals.decision.models import Outcome
from proposals.draft import actions as draft
from proposals.draft.models import (
    Member,
    MemberRole,
    Proposal,
    ReasonCode,
    Section,
    Signature,
    Status,
)
from proposals.review import actions as review
from tests.factories import OrganisationFactory, somebody

WORDS = " ".join(["word"] * 60)


def answers(employer):
    """A whole set of answers, as typed: worked case A of the guide for the money."""
    money = {"F1": "2024", "F3": "2,400,000", "F4_source": "Finance plan", "F6_reason": ""}
    rows = {
        "F4": ["2,352,000", "2,304,960", "2,258,861", "2,213,684", "2,169,410"],
        "F5": ["2,300,000", "2,200,000", "2,110,000", "2,040,000", "1,980,000"],
        "F6": ["25,000"] * 5,
    }
    for line, row in rows.items():
        money |= {f"{line}_{year}": typed for year, typed in enumerate(row, 1)}
    return {
        "service": {
            "S1": "Wolds community nursing",
            "S2": employer.slug,
            "S3": "community-health",
            "S5": WORDS,
            "S9": "2,000",
            "S9_how": "2025, from the appointment system",
            "S10": "no",
            "S10_which": "",
            "S10_doubt": "",
        },
        "people": {
            "U1_headcount": "94",
            "U1_fte": "81.5",
            "U2_transfer": "80",
            "U2_second": "4",
            "U2_stay": "5",
            "U2_unsure": "5",
        },
        "model": {"M1": "undecided", "M3": "community"},
        "quality": {"Q4": WORDS, "Q5": "Records could be late. We run both systems for a month."},
        "money": money | {"F7": "90,000"},
    }


def team(**known):
    """A lead, an editor and a viewer."""
    people = {"lead": None, "editor": None, "viewer": None} | known
    return SimpleNamespace(**{name: person or somebody() for name, person in people.items()})


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


def again(proposal):
    """The proposal as it is now, with nothing remembered."""
    return Proposal.objects.select_related("employer").get(pk=proposal.pk)


def ask_to_sign(proposal, people):
    signers = Member.objects.filter(proposal=proposal).exclude(role=MemberRole.VIEWER)
    draft.ask_sign_off(
        proposal=proposal, signers=list(signers), seen=proposal.revision, by=people.lead
    )
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


def recommend(proposal, staff, outcome=Outcome.APPROVED):
    decision.recommend(
        proposal=proposal,
        outcome=outcome,
        good="The plan for shared rotas is clear.",
        grounds=[ground()] if outcome == Outcome.REJECTED else [],
        terms=[term()] if outcome == Outcome.APPROVED_WITH_CONDITIONS else [],
        seen=proposal.revision,
        by=staff.reviewer,
    )
    return again(proposal)


def proposal_at(status, people=None, staff=None, outcome=None):
    """A proposal that has come to this status step by step, as its people would take it there."""
    people, staff = people or team(), staff or officials()
    outcomes = {choice.value: choice for choice in Outcome}
    outcome = outcome or outcomes.get(status, Outcome.APPROVED)
    proposal = draft_of(people)
    for reached, go_on in PATH:
        if status == reached:
            return proposal
        proposal = again(go_on(proposal, people, staff, outcome))
    if status == Status.WITHDRAWN:
        submitted = proposal_at(Status.SUBMITTED, people, staff)
        draft.withdraw(proposal=submitted, seen=submitted.revision, by=people.lead)
        return again(submitted)
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


def many(count, *, team_of=None, status=Status.SUBMITTED):
    """Rows for lists: so many proposals in a status, made without taking a step."""
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
            )
            for n in range(1, count + 1)
        )
    if team_of is not None:
        Member.objects.bulk_create(Member(proposal=row, user=team_of, role="lead") for row in rows)
    return rows
