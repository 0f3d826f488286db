"""Who may take which step from which status: listed here by hand, and nothing read from the steps."""

import datetime
import uuid
from functools import partial
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from accounts.models import Role
from activity import clock
from activity.actors import System
from activity.lifecycle import announcement
from activity.workflow import MovedOn, must_know, revision_known_to, steps_for
from proposals.decision import actions as decision
from proposals.decision import deferring, rules
from proposals.decision.exempt import actions as exempting
from proposals.decision.exempt.rules import open_exemption
from proposals.decision.models import Outcome
from proposals.draft import actions as draft
from proposals.draft.models import Member, Proposal, Signature, Status
from proposals.employer.hearing import heard
from proposals.lifecycle import LIFECYCLE
from proposals.review import actions as review
from proposals.review import requests
from proposals.review.requests import Wanted
from tests.at_the_door import goes_through, offered, pressed_by
from tests.factories import somebody
from tests.proposals import builders, officials

# Who: lead, editor and viewer are the team, and the first two are asked to sign. The reviewer
# recommends, the countersigner countersigns, the decider decides; fourth and fifth are another
# decision maker and another reviewer. All of these declared no conflict. The barred one holds
# both roles and declared a conflict, the silent one holds both and declared nothing, the member
# official is a viewer who holds both. A stranger holds none.
WHO = [
    "lead",
    "editor",
    "viewer",
    "reviewer",
    "countersigner",
    "decider",
    "fourth",
    "fifth",
    "barred",
    "silent",
    "member_official",
    "stranger",
]

# status | step | who may; every cell that is not here is refused.
ALLOWED = """
draft                    | ask_sign_off      | lead
draft                    | withdraw          | lead
awaiting-sign-off        | sign              | lead editor
awaiting-sign-off        | reopen            | lead editor
awaiting-sign-off        | withdraw          | lead
signed                   | submit            | lead
signed                   | reopen            | lead editor
signed                   | withdraw          | lead
submitted                | begin             | reviewer fifth
submitted                | return_incomplete | reviewer fifth
submitted                | withdraw          | lead
exempt-proposed          | begin             | reviewer fifth
exempt-proposed          | return_incomplete | reviewer fifth
exempt-proposed          | confirm_exempt    | reviewer countersigner fourth fifth
exempt-proposed          | withdraw          | lead
assessing                | ask_changes       | reviewer fifth
assessing                | withdraw          | lead
assessing-exempt         | ask_changes       | reviewer fifth
assessing-exempt         | confirm_exempt    | reviewer countersigner fourth fifth
assessing-exempt         | withdraw          | lead
employer-asked           | ask_changes       | reviewer fifth
employer-asked           | withdraw          | lead
employer-answered        | recommend         | reviewer fifth
employer-answered        | ask_changes       | reviewer fifth
employer-answered        | withdraw          | lead
employer-silent          | recommend         | reviewer fifth
employer-silent          | ask_changes       | reviewer fifth
employer-silent          | withdraw          | lead
changes-requested        | withdraw          | lead
changes-replied          | ask_sign_off      | lead
changes-replied          | withdraw          | lead
changes-to-sign          | sign              | lead editor
changes-to-sign          | reopen            | lead editor
changes-to-sign          | withdraw          | lead
changes-signed           | resubmit          | lead
changes-signed           | reopen            | lead editor
changes-signed           | withdraw          | lead
recommended              | countersign       | countersigner decider fourth
recommended              | send_back         | countersigner decider fourth
recommended              | defer             | countersigner decider fourth
recommended              | withdraw          | lead
countersigned            | decide            | decider fourth
countersigned            | send_back         | countersigner decider fourth
countersigned            | defer             | decider fourth
countersigned            | withdraw          | lead
decided                  | release           | countersigner decider fourth
decided                  | withdraw          | lead
recall-asked             | recall            | countersigner fourth
recall-asked             | withdraw          | lead
approved                 |                   |
approved-with-conditions |                   |
rejected                 |                   |
exempt                   |                   |
withdrawn                |                   |
lapsed                   | revive            | lead
under-appeal             |                   |
"""
STEPS = [
    "ask_sign_off",
    "sign",
    "reopen",
    "submit",
    "withdraw",
    "lapse",
    "revive",
    "begin",
    "return_incomplete",
    "ask_changes",
    "resubmit",
    "confirm_exempt",
    "recommend",
    "countersign",
    "send_back",
    "decide",
    "defer",
    "recall",
    "release",
]
# Statuses that no step of this issue leads to.
FORCED = {Status.LAPSED, Status.UNDER_APPEAL}
# Where the decider has proposed that the service is exempt.
EXEMPTING = {"exempt-proposed": Status.SUBMITTED, "assessing-exempt": Status.ASSESSING}


def signed(people, staff):
    return builders.sign_all(builders.proposal_at(Status.AWAITING_SIGN_OFF, people, staff))


def employer_is(go_on, people, staff, *, weeks=0):
    """Being assessed, its gates passed, and its employer was asked so many weeks ago.

    It has twenty working days.
    """
    with time_machine.travel(clock.now() - datetime.timedelta(weeks=weeks)):
        proposal = go_on(builders.proposal_at(Status.ASSESSING, people, staff))
        return builders.answer_gates(proposal, staff.reviewer)


# What stands at a status and differs in what is beside it.
BROUGHT = {
    "signed": signed,
    "employer-asked": partial(employer_is, officials.asked),
    "employer-answered": partial(employer_is, builders.hear_employer),
    "employer-silent": partial(employer_is, officials.asked, weeks=6),
}
# How far a team is with what the reviewers asked.
CHANGES = {
    "changes-replied": [builders.reply_all],
    "changes-to-sign": [builders.reply_all, builders.ask_to_sign],
    "changes-signed": [
        builders.reply_all,
        builders.ask_to_sign,
        lambda proposal, people: builders.sign_all(proposal),
    ],
}


def table():
    cells = {}
    for line in ALLOWED.strip().splitlines():
        status, step, who = (part.strip() for part in line.split("|"))
        cells.setdefault(status, {})[step] = set(who.split())
    return cells


TABLE = table()


def take_step(step, proposal, who):
    """Press the button as the page would, with all that the page would send."""
    seen = {"proposal": proposal, "seen": revision_known_to(who, proposal), "by": who}
    more = {
        "ask_sign_off": lambda: {
            "signers": list(Member.objects.filter(proposal=proposal).exclude(role="viewer"))
        },
        "withdraw": lambda: {"reason": "not-said"},
        "return_incomplete": lambda: {"missing": "The vote."},
        "ask_changes": lambda: _a_request(proposal, who),
        "recommend": lambda: {
            "outcome": Outcome.APPROVED,
            "good": "The rotas.",
            "heard": heard(proposal),
        },
        "send_back": lambda: {"comment": "Look at year 3 again."},
        "defer": lambda: {
            "asks": [Wanted("quality", "worse", "More on the year.")],
            "answer_by": datetime.date(2099, 3, 31),
        },
        "recall": lambda: {"asked": getattr(rules.open_recall(proposal), "pk", 0)},
        "confirm_exempt": lambda: {"asked": getattr(open_exemption(proposal), "pk", 0)},
    }
    if step == "sign":
        mine = Signature.objects.filter(proposal=proposal, user_id=getattr(who, "pk", None))
        asked = mine.order_by("-pk").values_list("key", flat=True).first() or uuid.uuid4()
        draft.sign(proposal=proposal, asked=asked, typed_name="A", typed_role="Nurse", by=who)
    else:
        action = next(
            getattr(part, step)
            for part in (draft, review, requests, exempting, decision, deferring)
            if hasattr(part, step)
        )
        action(**seen, **more.get(step, dict)())


def _a_request(proposal, who):
    """What sends one request, drafted by whoever it may be."""
    by = who if getattr(who, "pk", None) else proposal.declarations.first().user
    drafted = proposal.request_drafts.create(
        section="quality", page="worse", wanted="More on the year.", by=by
    )
    return {"answer_by": datetime.date(2099, 3, 31), "shown": requests.mark_of([drafted])}


def force(proposal, status):
    """Put a record where no step leads yet, in the only way that the trigger lets pass."""
    with connection.cursor() as cursor:
        words = announcement(proposal, proposal.status, status)
        cursor.execute("SELECT set_config('portal.step', %s, true)", [words])
        Proposal.objects.filter(pk=proposal.pk).update(status=status)
        cursor.execute("SELECT set_config('portal.step', '', true)")
    return builders.again(proposal)


@pytest.fixture
def cast(people, staff):
    both = (Role.REVIEWER, Role.DECISION_MAKER)
    return SimpleNamespace(
        **vars(people),
        **vars(staff),
        fifth=somebody(Role.REVIEWER),
        barred=somebody(*both),
        silent=somebody(*both),
        member_official=somebody(*both),
        stranger=somebody(),
    )


def bring(status, cast):
    people, staff = cast, cast
    if status in BROUGHT:
        proposal = BROUGHT[status](people, staff)
    elif status == "recall-asked":
        proposal = builders.proposal_at(Status.DECIDED, people, staff)
        decision.ask_recall(
            proposal=proposal, reason="A figure is wrong.", seen=proposal.revision, by=cast.decider
        )
    elif status in EXEMPTING:
        proposal = builders.proposal_at(EXEMPTING[status], people, staff)
        builders.ask_exempt(proposal, cast.decider)
    elif status in CHANGES:
        proposal = builders.proposal_at(Status.CHANGES_REQUESTED, people, staff)
        for go_on in CHANGES[status]:
            proposal = go_on(proposal, people)
    elif status in FORCED:
        proposal = force(builders.proposal_at(Status.ASSESSING, people, staff), status)
    else:
        proposal = builders.proposal_at(status, people, staff)
    return declared_of(proposal, cast)


def declared_of(proposal, cast):
    Member.objects.create(proposal=proposal, user=cast.member_official, role="viewer")
    declared = set(proposal.declarations.values_list("user", flat=True))
    for name in ("reviewer", "countersigner", "decider", "fourth", "fifth"):
        if getattr(cast, name).pk not in declared:
            builders.declare_none(proposal, getattr(cast, name))
    review.declare(proposal=proposal, is_conflict=True, by=cast.barred)
    return builders.again(proposal)


def test_the_table_speaks_of_every_status_and_step():
    beside = {"recall-asked", *BROUGHT, *CHANGES, *EXEMPTING}
    assert set(TABLE) - beside == set(Status.values)
    assert [step.name for step in LIFECYCLE.steps] == STEPS


def may_anywhere(step):
    """Those who may take the step where it begins; everybody, where only a job may."""
    found = set().union(*(steps.get(step, set()) for steps in TABLE.values()))
    return [name for name in WHO if name in found] or WHO


@pytest.mark.slow
@pytest.mark.parametrize("status", TABLE)
def test_each_step_from_each_status_by_each_person(status, cast):
    """Each cell is asked for, and pressed where the step begins; elsewhere one person presses."""
    proposal = bring(status, cast)
    table = {step: who for step, who in TABLE[status].items() if step}

    for name in WHO:
        mine = {step for step, who in table.items() if name in who}
        assert offered(getattr(cast, name), builders.again(proposal)) == mine, name
    for turn, step in enumerate(STEPS, list(TABLE).index(status)):
        for name in pressed_by(WHO, may_anywhere(step), begins=step in table, turn=turn):
            press = partial(take_step, step, builders.again(proposal), getattr(cast, name))
            assert goes_through(press) == (name in table.get(step, ())), (step, name)


TEAM = {"lead", "editor", "viewer", "member_official"}
# Who reads the case and who may yet: the silent one is told to declare first.
REVIEWERS = {"reviewer", "fifth", "silent"}
DECISION_MAKERS = {"countersigner", "decider", "fourth", "silent"}
# Nobody lapses a proposal but the job of ours.
CONCERNED = dict.fromkeys(
    ("ask_sign_off", "sign", "reopen", "submit", "withdraw", "revive", "resubmit"), TEAM
)
CONCERNED |= dict.fromkeys(("begin", "return_incomplete", "ask_changes", "recommend"), REVIEWERS)
CONCERNED["confirm_exempt"] = REVIEWERS | DECISION_MAKERS
CONCERNED |= dict.fromkeys(STEPS[STEPS.index("countersign") :], DECISION_MAKERS)


@pytest.mark.slow
@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.REJECTED])
def test_that_it_moved_on_is_told_to_those_whom_the_step_concerns(cast, status):
    """Each person is asked about, and one of those and one of the others press each step."""
    proposal = bring(status, cast)

    for turn, step in enumerate(LIFECYCLE.steps):
        told = [name for name in WHO if name in CONCERNED.get(step.name, ())]
        others = [name for name in WHO if name not in told]
        assert [name for name in WHO if knows(step, getattr(cast, name), proposal)] == told
        for refusal, names in ((MovedOn, told), (PermissionDenied, others)):
            for name in names and pressed_by(names, names, begins=False, turn=turn):
                with pytest.raises(refusal), transaction.atomic():
                    take_step(step.name, builders.again(proposal), getattr(cast, name))


def knows(step, who, proposal):
    """Whether the door tells them of the step at all: it asks this before anything else."""
    try:
        must_know(step, who, proposal)
    except PermissionDenied:
        return False
    return True


def test_no_job_of_ours_takes_a_step(people, staff):
    assert steps_for(System("a job"), builders.proposal_at(Status.SUBMITTED, people, staff)) == []


def test_an_incomplete_draft_is_not_sent_for_signing(stored, people):
    proposal = stored(builders.draft_of, people, complete=False)

    with pytest.raises(
        PermissionDenied,
        match=r"Not complete yet: Name and sector; .*; and [0-9]+ more pages\.",
    ):
        builders.ask_to_sign(proposal, people)


def test_one_person_alone_cannot_ask_for_signatures(stored, people):
    proposal = stored(builders.draft_of, people)
    Member.objects.filter(proposal=proposal, user=people.editor).update(role="viewer")

    with pytest.raises(PermissionDenied, match="Two people must sign"):
        builders.ask_to_sign(proposal, people)


def test_a_page_from_before_the_case_left_and_came_back_is_refused(stored, people, staff):
    proposal = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    drawn_at = proposal.revision
    proposal = builders.recommend(proposal, staff)
    decision.send_back(
        proposal=proposal, comment="Again.", seen=proposal.revision, by=staff.countersigner
    )
    proposal = builders.again(proposal)

    assert proposal.status == Status.ASSESSING
    with pytest.raises(MovedOn):
        decision.recommend(
            proposal=proposal,
            outcome=Outcome.APPROVED,
            good="The rotas.",
            heard=heard(proposal),
            seen=drawn_at,
            by=staff.reviewer,
        )


@pytest.mark.parametrize("outcome", Outcome.values)
def test_release_leads_to_the_outcome_that_was_decided(people, staff, outcome):
    proposal = builders.proposal_at(Status.DECIDED, people, staff, Outcome(outcome))

    released = decision.release(proposal=proposal, seen=proposal.revision, by=staff.decider)

    assert released.status == outcome
    letter = released.decisions.get()
    assert letter.released_by == staff.decider
    assert letter.appeal_by > datetime.date(2026, 1, 1)
