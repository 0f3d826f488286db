"""Who may take which step of a vote: listed here by hand, and nothing read from the steps."""

import datetime
import uuid
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction

from accounts.models import Role
from activity import clock
from activity.actors import LinkHolder, System
from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals import tasks
from proposals.ballot import actions, certificate, gate, rules
from proposals.ballot.models import (
    SCRUTINEER,
    Ballot,
    Choice,
    RollEntry,
    SealedCode,
    Status,
    Vote,
    VotingCode,
)
from proposals.ballot.rolls import Voter
from proposals.draft import actions as draft
from proposals.draft.models import Member, MemberRole
from proposals.draft.models import Status as Stands
from tests.at_the_door import goes_through, offered, pressed_by
from tests.factories import somebody
from tests.proposals import ballots, builders

pytestmark = pytest.mark.django_db

# how far it is | step | who may; every cell that is not here is refused.
ALLOWED = """
preparing  | change   | lead
preparing  | replace  | lead
preparing  | call_off | lead scrutineer tending
checked    | change   | lead
checked    | replace  | lead
checked    | codes    | scrutineer
checked    | call_off | lead scrutineer tending
ready      | replace  | lead
ready      | codes    | scrutineer
ready      | call_off | lead scrutineer tending
printed    | replace  | lead
printed    | codes    | scrutineer
printed    | open     | scrutineer
printed    | call_off | lead scrutineer tending
open       | replace  | lead
open       | call_off | scrutineer tending
over       | replace  | lead
over       | close    | scrutineer tending
over       | call_off | scrutineer tending
closed     |          |
called-off |          |
"""
CELLS = [tuple(part.strip() for part in line.split("|")) for line in ALLOWED.strip().splitlines()]
TABLE = {(far, step): set(who.split()) for far, step, who in CELLS if step}
STEPS = ["change", "replace", "codes", "open", "close", "call_off"]
LEADS = {"change": "preparing", "codes": "ready", "open": "open", "close": "closed"}
LEADS |= {"call_off": "called-off"}
WHO = ["lead", "editor", "viewer", "scrutineer", "unproved", "replaced", "elsewhere", "other"]
WHO += ["official", "stranger", "tending", "system", *(role.value for role in Role)]
NEAREST = ["lead", "scrutineer", "tending"]


@pytest.fixture
def cast(stored, scheme):
    return stored(builders.team), stored(builders.officials)


def ballot_at(far, people, staff):
    """A vote so far, of a proposal that officials read."""
    proposal = builders.proposal_at(Stands.SUBMITTED, people, staff)
    if far in ("preparing", "called-off", "closed"):
        return ballots.at(Status(far), people, proposal)
    ballot = ballots.begin(proposal, people.lead)
    if far == "checked":
        return ballots.with_roll(ballot)
    ballot = ballots.ready(ballot)
    if far == "ready":
        return ballot
    ballot = ballots.printed(ballot)
    if far == "printed":
        return ballot
    ballot = actions.open_(ballot=ballot, seen=ballot.revision, by=ballots.holder(ballot))
    if far == "over":
        over = clock.now() - datetime.timedelta(seconds=1)
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=over)
    return ballots.again(ballot)


def actor(who, ballot, people, staff):
    kind = ballot._meta.label_lower
    mine = ballot.scrutineer_address
    known = {
        "lead": lambda: people.lead,
        "editor": lambda: people.editor,
        "viewer": lambda: people.viewer,
        "scrutineer": lambda: ballots.holder(ballot),
        "unproved": lambda: ballots.holder(ballot, proved=False),
        # Who ran it before, at an address of their own.
        "replaced": lambda: ballots.holder(ballot, "before@union.example"),
        # Who runs another vote; and who holds a link to this record for another purpose.
        "elsewhere": lambda: LinkHolder(SCRUTINEER, kind, ballot.pk + 1000, mine, True),
        "other": lambda: LinkHolder("proposals.employer", kind, ballot.pk, mine, True),
        "official": lambda: staff.reviewer,
        "stranger": somebody,
        "tending": lambda: rules.TENDING,
        "system": lambda: System("sweep"),
    }
    return known[who]() if who in known else somebody(Role(who))


def press(step, ballot, by):
    more = {
        "change": {
            "question": ballots.QUESTION,
            "opens_at": ballot.opens_at,
            "closes_at": ballot.closes_at,
        },
        "replace": {"scrutineer_name": "Ben", "scrutineer_address": "ben@union.example"},
        "call_off": {"because": "A mistake."},
    }
    names = {"codes": "make_codes", "open": "open_"}
    action = getattr(actions, names.get(step, step))
    moved = action(ballot=ballot, seen=ballot.revision, by=by, **more.get(step, {}))
    assert moved.status == LEADS.get(step, ballot.status)


@pytest.mark.parametrize("far", sorted({far for far, *_ in CELLS}))
def test_each_step_from_everywhere_by_each_person(cast, far):
    """Each cell is asked for, and pressed where the step begins; elsewhere one person presses."""
    people, staff = cast
    ballot = ballot_at(far, people, staff)
    everybody = {who: actor(who, ballot, people, staff) for who in WHO}
    for who, person in everybody.items():
        mine = {step for step in STEPS if who in TABLE.get((far, step), ())}
        assert offered(person, ballots.again(ballot)) == mine, who
    before = (Event.objects.count(), Notification.objects.count(), VotingCode.objects.count())
    for turn, step in enumerate(STEPS):
        may = TABLE.get((far, step), set())
        for who in pressed_by(WHO, NEAREST, begins=bool(may), turn=turn):
            fresh = ballots.again(ballot)
            passed = goes_through(partial(press, step, fresh, everybody[who]))
            assert passed == (who in may), (step, who)
    after = (Event.objects.count(), Notification.objects.count(), VotingCode.objects.count())
    assert after == before


def test_a_page_that_is_old_moves_nothing(stored, cast):
    people, staff = cast
    ballot = stored(ballot_at, "ready", people, staff)
    press("replace", ballot, people.lead)
    before = list(VotingCode.objects.values_list("pk", flat=True))
    with pytest.raises(MovedOn):
        actions.make_codes(ballot=ballot, seen=ballot.revision, by=ballots.holder(ballot))
    assert list(VotingCode.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("who", ["lead", "replaced", "unproved", "elsewhere", "official"])
def test_nobody_but_the_scrutineer_touches_the_roll_or_the_letters(stored, cast, who):
    people, staff = cast
    ballot = stored(ballot_at, "checked", people, staff)
    by = actor(who, ballot, people, staff)
    shown = actions.mark_of(RollEntry.objects.filter(ballot=ballot))
    for act in (
        partial(actions.keep_roll, voters=ballots.voters(12)),
        partial(actions.check_roll, shown=shown),
        partial(actions.note_printed, shown=shown),
    ):
        with pytest.raises(PermissionDenied):
            act(ballot=ballot, by=by)
    assert RollEntry.objects.filter(ballot=ballot).count() == 40
    assert not RollEntry.objects.visible_to(by).exists()


def test_a_vote_and_its_roll_are_seen_by_nobody_whom_they_do_not_concern(stored, cast):
    people, staff = cast
    ballot = stored(ballot_at, "open", people, staff)
    another = ballots.at(Status.OPEN, builders.team())
    sees = {who: actor(who, ballot, people, staff) for who in WHO}
    mine = {"lead", "editor", "viewer", "scrutineer", "unproved", "official"}
    # Whoever may be asked to review it, until they declare a conflict.
    mine |= {Role.REVIEWER.value, Role.DECISION_MAKER.value}
    for who, person in sees.items():
        known = Ballot.objects.visible_to(person)
        assert set(known) == ({ballot} if who in mine else set()), who
        roll = RollEntry.objects.visible_to(person)
        assert roll.exists() == (who == "scrutineer"), who
        assert not roll.filter(ballot=another).exists()


def test_one_vote_of_a_proposal_is_prepared_or_held_at_a_time(stored, cast):
    people, staff = cast
    ballot = stored(ballot_at, "preparing", people, staff)
    with pytest.raises(PermissionDenied, match="One at a time"):
        ballots.begin(ballot.proposal, people.lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(
            reference="X",
            proposal=ballot.proposal,
            number=2,
            question="x",
            opens_at=ballot.opens_at,
            closes_at=ballot.closes_at,
            scrutineer_name="x",
            scrutineer_address="x@y.example",
        )


def test_set_up_twice_from_one_page_it_is_one(stored, cast):
    people, _staff = cast
    proposal = stored(builders.draft_of, people)
    now = clock.now()
    once = {"once": uuid.uuid4(), "opens_at": now, "closes_at": now + datetime.timedelta(days=20)}
    first = ballots.begin(proposal, people.lead, **once)
    assert ballots.begin(proposal, people.lead, **once) == first
    assert Notification.objects.filter(kind="ballot.scrutineer").count() == 1


@pytest.mark.parametrize("who", ["lead", "viewer", "invited"])
def test_nobody_of_the_team_runs_its_vote(stored, cast, who):
    people, _staff = cast
    proposal = stored(builders.draft_of, people)
    if who == "invited":
        address = "jo@home.example"
        draft.invite(
            proposal=proposal, name="Jo", email=address, role="viewer", once=None, by=people.lead
        )
    else:
        address = getattr(people, who).email
    theirs = {"scrutineer_address": address.upper()}
    with pytest.raises(PermissionDenied, match="outside the team"):
        ballots.begin(proposal, people.lead, **theirs)
    ballot = ballots.begin(proposal, people.lead)
    with pytest.raises(PermissionDenied, match="outside the team"):
        actions.replace(
            ballot=ballot, scrutineer_name="X", seen=ballot.revision, by=people.lead, **theirs
        )


def test_a_scrutineer_who_joins_the_team_runs_the_vote_no_longer(cast):
    people, _staff = cast
    una = somebody()
    ballot = ballots.begin(
        builders.draft_of(people), people.lead, scrutineer_address=una.email.upper()
    )
    Member.objects.create(proposal=ballot.proposal, user=una, role=MemberRole.VIEWER)
    with pytest.raises(PermissionDenied, match="in the team now"):
        actions.keep_roll(ballot=ballot, voters=ballots.voters(12), by=ballots.holder(ballot))


def test_codes_that_are_made_anew_end_those_before_and_keep_the_groups(stored, cast):
    people, staff = cast
    ballot = stored(ballot_at, "ready", people, staff)
    before = ballots.codes_of(ballot)
    ballot = ballots.printed(ballot)
    again = actions.make_codes(ballot=ballot, seen=ballot.revision, by=ballots.holder(ballot))
    after = ballots.codes_of(again)
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert VotingCode.objects.filter(ballot=ballot).count() == 40
    # Letters that were printed are to be printed again.
    assert not RollEntry.objects.filter(ballot=ballot, is_sent=True).exists()


def test_groups_of_few_are_on_no_code_and_on_no_vote(cast):
    people, _staff = cast
    many = [Voter(f"A {n}", "", "Nursing") for n in range(12)]
    few = [Voter(f"B {n}", "", "Canary night team") for n in range(4)]
    others = [Voter(f"C {n}", "", "") for n in range(7)]
    ballot = ballots.begin(builders.draft_of(people), people.lead)
    ballot, _known = ballots.opened(ballot, many + few + others)
    written = VotingCode.objects.values_list("group", flat=True)
    assert set(written) == {"Nursing", "Everybody else"}
    few_only = ballots.begin(builders.draft_of(builders.team(lead=people.lead)), people.lead)
    few_only = ballots.ready(few_only, many + few)
    assert set(few_only.codes.values_list("group", flat=True)) == {"Nursing", ""}


def test_a_vote_that_is_opened_late_is_open_for_ten_days(cast):
    people, _staff = cast
    soon = clock.now() + datetime.timedelta(hours=2)
    ballot = ballots.begin(builders.draft_of(people), people.lead, closes_at=soon)
    ballot, _known = ballots.opened(ballot)
    assert ballot.closes_at - ballot.opened_at >= datetime.timedelta(days=9, hours=12)
    assert (ballot.least_turnout, ballot.least_share, ballot.again_months) == (50, 50, 3)


def test_a_vote_opens_no_sooner_than_staff_were_told(cast):
    people, _staff = cast
    tomorrow = clock.now() + datetime.timedelta(days=1)
    late = {"opens_at": tomorrow, "closes_at": tomorrow + datetime.timedelta(days=14)}
    ballot = ballots.begin(builders.draft_of(people), people.lead, **late)
    ballot = ballots.printed(ballots.ready(ballot))
    with pytest.raises(PermissionDenied, match="at the earliest"):
        actions.open_(ballot=ballot, seen=ballot.revision, by=ballots.holder(ballot))


def test_closing_keeps_the_numbers_and_deletes_what_was_left(stored, cast):
    people, _staff = cast
    ballot = ballots.begin(stored(builders.draft_of, people), people.lead)
    ballot, known = ballots.opened(ballot)
    choices = [Choice.FOR] * 24 + [Choice.AGAINST] * 8 + [Choice.BLANK] * 2
    for code, choice in zip(known.values(), choices, strict=False):
        ballots.cast(code, choice)
    ballot = ballots.closed(ballot)
    result = ballots.again(ballot).result
    assert (result.eligible, result.cast) == (40, 34)
    assert (result.votes_for, result.votes_against, result.votes_blank) == (24, 8, 2)
    assert result.is_yes
    # Of each group some few were against.
    assert result.groups == []
    assert not VotingCode.objects.exists()
    assert not SealedCode.objects.exists()
    assert set(Vote.objects.values_list("group", flat=True)) == {""}
    told = Notification.objects.filter(kind="ballot.close")
    assert {row.user or row.address for row in told} == {
        people.lead,
        people.editor,
        people.viewer,
        ballot.scrutineer_address,
    }
    with pytest.raises(InternalError), transaction.atomic():
        type(result).objects.update(votes_for=30)


def test_groups_that_are_large_enough_are_told(stored, cast):
    people, _staff = cast
    ballot = ballots.begin(stored(builders.draft_of, people), people.lead)
    ballot, known = ballots.opened(ballot, ballots.voters(60))
    for turn, code in enumerate(known.values()):
        ballots.cast(code, Choice.FOR if turn % 5 else Choice.AGAINST)
    result = ballots.again(ballots.closed(ballot)).result
    assert (result.votes_for, result.votes_against) == (48, 12)
    # Six of thirty were against in each.
    assert result.groups == []
    ballot = ballots.begin(builders.draft_of(builders.team(lead=people.lead)), people.lead)
    ballot, known = ballots.opened(ballot, ballots.voters(60))
    for turn, code in enumerate(known.values()):
        ballots.cast(code, Choice.FOR if turn < 36 else Choice.BLANK)
    groups = ballots.again(ballots.closed(ballot)).result.groups
    row = {"eligible": 30, "cast": 30, "votes_for": 18, "not_for": 12}
    assert groups == [{"name": "Nursing", **row}, {"name": "Therapy", **row}]
    told = certificate.facts_of(ballots.again(ballot))["groups"]
    assert told["rows"] == [[name, "30", "30", "18", "12"] for name in ("Nursing", "Therapy")]


def test_what_is_called_off_deletes_votes_and_codes_and_counts_as_nothing(stored, cast):
    people, staff = cast
    ballot = stored(ballot_at, "open", people, staff)
    VotingCode.objects.create(code_hash="x", ballot=ballot)
    Vote.objects.create(ballot=ballot, choice=Choice.FOR)
    press("call_off", ballot, ballots.holder(ballot))
    assert not VotingCode.objects.exists()
    assert not Vote.objects.exists()
    assert gate.can_begin(people.lead, builders.again(ballot.proposal))
    assert not gate.said_no(builders.again(ballot.proposal))


@pytest.mark.parametrize("far", ["preparing", "open"])
def test_a_vote_is_called_off_with_its_proposal(stored, cast, far):
    people, staff = cast
    ballot = stored(ballot_at, far, people, staff)
    builders.withdraw(builders.again(ballot.proposal), people)
    assert ballots.again(ballot).status == Status.CALLED_OFF
    assert ballots.again(ballot).called_off_because == "The proposal was stopped."


def test_a_job_closes_what_is_due_and_nothing_else(cast):
    people, staff = cast
    due = ballot_at("over", people, staff)
    early = ballots.at(Status.OPEN, builders.team())
    tasks.close_ballots()
    actions.close_due()
    assert ballots.again(due).status == Status.CLOSED
    assert ballots.again(early).status == Status.OPEN
    assert Event.objects.of(due).filter(kind="ballot.close").count() == 1
