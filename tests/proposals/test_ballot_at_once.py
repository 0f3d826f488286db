"""Two who press at once, on two real connections: each vote counts once, in time, or not at all."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from activity import clock
from activity.models import Event
from activity.workflow import MovedOn
from proposals import reference
from proposals.ballot import actions, rules, voting
from proposals.ballot.models import Ballot, Choice, Status, Vote, VotingCode
from tests.at_once import at_once
from tests.proposals import ballots, builders

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def held(stored):
    """An open vote, its lead, and its codes."""
    stored(reference.load)
    people = stored(builders.team)
    ballot = ballots.begin(stored(builders.draft_of, people), people.lead)
    ballot, known = ballots.opened(ballot, ballots.voters(12, letters=0))
    return ballot, people.lead, list(known.values())


def test_one_code_twice_at_once_is_one_vote(held):
    _ballot, _lead, known = held

    def press():
        voting.cast(code=known[0], choice=Choice.FOR)

    results = at_once(press, press)

    assert sorted(type(result) for result in results if result) == [voting.NotACode]
    assert Vote.objects.count() == 1
    assert VotingCode.objects.count() == 11


def test_many_at_once_are_all_counted_and_none_twice(held):
    _ballot, _lead, known = held

    def press(code, choice):
        return lambda: voting.cast(code=code, choice=choice)

    choices = [Choice.FOR, Choice.AGAINST, Choice.BLANK] * 4
    results = at_once(*[press(*each) for each in zip(known, choices, strict=True)])

    assert results == [None] * 12
    assert [Vote.objects.filter(choice=choice).count() for choice in Choice] == [4, 4, 4]
    assert not VotingCode.objects.exists()


def test_a_vote_in_the_last_second_is_counted_or_refused_and_never_lost(held):
    ballot, _lead, known = held
    for code in known[:6]:
        voting.cast(code=code, choice=Choice.FOR)
    Ballot.objects.update(closes_at=clock.now() + datetime.timedelta(milliseconds=80))

    def close():
        while clock.now() < Ballot.objects.get().closes_at:
            pass
        return actions.close(ballot=ballot, seen=ballot.revision, by=rules.TENDING)

    def votes():
        taken = 0
        for code in known[6:]:
            try:
                voting.cast(code=code, choice=Choice.AGAINST)
            except (voting.NotOpen, voting.NotACode):
                break
            taken += 1
        return taken

    closed, taken = at_once(close, votes)

    assert closed.status == Status.CLOSED
    result = ballots.again(ballot).result
    assert (result.votes_for, result.votes_against) == (6, taken)
    assert Vote.objects.count() == 6 + taken
    assert not VotingCode.objects.exists()


def test_two_closes_at_once_count_once(held):
    ballot, _lead, known = held
    voting.cast(code=known[0], choice=Choice.FOR)
    Ballot.objects.update(closes_at=clock.now())

    def close(by):
        return lambda: actions.close(ballot=ballot, seen=ballot.revision, by=by)

    results = at_once(close(rules.TENDING), close(ballots.holder(ballot)))

    assert [type(result) for result in results if isinstance(result, Exception)] == [MovedOn]
    assert Event.objects.of(ballot).filter(kind="ballot.close").count() == 1
    assert ballots.again(ballot).result.cast == 1


def test_a_scrutineer_who_is_replaced_while_pressing_moves_nothing_after_it(held):
    reference.load()
    people = builders.team()
    ballot = ballots.begin(builders.draft_of(people), people.lead)
    ballot = ballots.ready(ballot)
    old = ballots.holder(ballot)
    codes = set(VotingCode.objects.filter(ballot=ballot).values_list("pk", flat=True))

    replaced, made = at_once(
        lambda: actions.replace(
            ballot=ballot,
            scrutineer_name="Ben",
            scrutineer_address="ben@union.example",
            seen=ballot.revision,
            by=people.lead,
        ),
        lambda: actions.make_codes(ballot=ballot, seen=ballot.revision, by=old),
    )

    # One of them came first; the other was drawn from a page that is old by then.
    lost = [result for result in (replaced, made) if isinstance(result, Exception)]
    assert len(lost) == 1
    assert isinstance(lost[0], MovedOn | PermissionDenied)
    kept = set(VotingCode.objects.filter(ballot=ballot).values_list("pk", flat=True))
    fresh = ballots.again(ballot)
    if isinstance(made, Exception):
        assert kept == codes
        assert fresh.scrutineer_address == "ben@union.example"
        with pytest.raises(PermissionDenied):
            actions.make_codes(ballot=fresh, seen=fresh.revision, by=old)
    else:
        assert kept.isdisjoint(codes)


def test_a_scrutineer_replaced_in_mid_vote_leaves_roll_codes_and_votes(held):
    ballot, lead, known = held
    for code in known[:3]:
        voting.cast(code=code, choice=Choice.FOR)
    old = ballots.holder(ballot)
    moved = actions.replace(
        ballot=ballot,
        scrutineer_name="Ben",
        scrutineer_address="ben@union.example",
        seen=ballot.revision,
        by=lead,
    )
    assert not Ballot.objects.visible_to(old).exists()
    assert Ballot.objects.visible_to(ballots.holder(moved)).exists()
    assert moved.roll.count() == 12
    assert VotingCode.objects.count() == 9
    for code in known[3:]:
        voting.cast(code=code, choice=Choice.AGAINST)
    Ballot.objects.update(closes_at=clock.now())
    actions.close_due()
    result = ballots.again(moved).result
    assert (result.votes_for, result.votes_against) == (3, 9)
