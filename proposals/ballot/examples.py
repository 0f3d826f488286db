"""Made-up votes for the embedded database, held by the actions that hold real ones."""

from __future__ import annotations

import datetime

from accounts.models import User
from activity import clock
from activity.actors import LinkHolder
from activity.transactions import in_one_piece
from proposals.ballot import actions, hours, rules, voting
from proposals.ballot.models import SCRUTINEER, Ballot, Choice, RollEntry, VotingCode
from proposals.ballot.rolls import Voter
from proposals.draft.models import Proposal

LASTED = datetime.timedelta(days=14)
ENDED = datetime.timedelta(days=7)
GROUPS = ("Outreach", "Clinic")
SCRUTINEER_NAME = "Una Marsh, returning officer (example)"
SCRUTINEER_ADDRESS = "una.marsh@example.org"


@in_one_piece
def held(
    proposal: Proposal, question: str, votes: list[Choice], lead: User, on_roll: int
) -> Ballot:
    """A vote that closed a week ago, in which these votes were cast. on_roll: by so many people."""
    now = clock.now()
    ballot = actions.begin(
        proposal=proposal,
        question=question,
        opens_at=now - datetime.timedelta(hours=1),
        closes_at=now + LASTED,
        scrutineer_name=SCRUTINEER_NAME,
        scrutineer_address=SCRUTINEER_ADDRESS,
        by=lead,
    )
    ballot = _opened(ballot, on_roll)
    # All at once, as if each had used a code: those that are left are deleted by the close.
    groups = VotingCode.objects.filter(ballot=ballot).values_list("group", flat=True)
    voting.mix(ballot, list(zip(votes, groups, strict=False)))
    last = clock.today() - ENDED
    past = {"opened_at": hours.morning(last - LASTED), "closes_at": hours.evening(last)}
    Ballot.objects.filter(pk=ballot.pk).update(opens_at=past["opened_at"], **past)
    return actions.close(ballot=ballot, seen=ballot.revision, by=rules.TENDING)


def _opened(ballot: Ballot, on_roll: int) -> Ballot:
    by = LinkHolder(SCRUTINEER, ballot._meta.label_lower, ballot.pk, SCRUTINEER_ADDRESS, True)
    roll = [
        Voter(f"Example colleague {number}", group=GROUPS[number % 2])
        for number in range(1, on_roll + 1)
    ]
    actions.keep_roll(ballot=ballot, voters=roll, by=by)
    shown = actions.mark_of(RollEntry.objects.filter(ballot=ballot))
    ballot = actions.check_roll(ballot=ballot, shown=shown, by=by)
    ballot = actions.make_codes(ballot=ballot, seen=ballot.revision, by=by)
    printed = actions.mark_of(actions.next_letters(RollEntry.objects.filter(ballot=ballot)))
    actions.note_printed(ballot=ballot, shown=printed, by=by)
    return actions.open_(ballot=ballot, seen=ballot.revision, by=by)
