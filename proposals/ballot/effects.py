"""What follows from a step of a vote, in the same transaction."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from activity import links, outbox
from activity.actors import Actor
from activity.models import Event
from proposals.ballot import codes, counting, voting
from proposals.ballot.counting import Count
from proposals.ballot.models import (
    SCRUTINEER,
    Ballot,
    Result,
    RollEntry,
    SealedCode,
    Vote,
    VotingCode,
)

# What small groups are written as, where together they are not small.
REST = "Everybody else"


def end_links(ballot: Ballot, by: Actor, event: Event) -> None:
    """Let every link end that was sent to whoever ran it before; a new one goes out."""
    links.revoke(ballot, purpose=SCRUTINEER)


def make_codes(ballot: Ballot, by: Actor, event: Event) -> None:
    """Make a code for everybody on the roll; those made before stop working.

    The codes are written by one statement in the order of their hashes, which has nothing to do
    with the roll; what each person gets is sealed beside their entry until it has left.
    """
    delete_codes(ballot, by, event)
    roll = list(RollEntry.objects.filter(ballot=ballot).order_by("pk"))
    written = written_groups(ballot, [entry.group for entry in roll])
    made = {entry: codes.new_code(ballot.tag) for entry in roll}
    hashes = sorted((codes.hashed(code), written[entry.group]) for entry, code in made.items())
    VotingCode.objects.bulk_create(
        VotingCode(code_hash=hash_, ballot=ballot, group=group) for hash_, group in hashes
    )
    SealedCode.objects.bulk_create(
        SealedCode(entry=entry, sealed=codes.seal(code, entry.pk)) for entry, code in made.items()
    )
    RollEntry.objects.filter(ballot=ballot).update(is_sent=False)


def send_codes(ballot: Ballot, by: Actor, event: Event) -> None:
    """Have everybody who has an address mailed their code."""
    SealedCode.objects.filter(entry__ballot=ballot, entry__address="").delete()
    voters = RollEntry.objects.filter(ballot=ballot).exclude(address="").order_by("pk")
    told = [(entry, entry.address) for entry in voters]
    outbox.tell_each("ballot.open", told, due_on=timezone.localdate(ballot.closes_at))


def freeze_result(ballot: Ballot, by: Actor, event: Event) -> None:
    """Count, keep the numbers, and take from the votes which group they were of."""
    groups = counted(ballot)
    whole = voting.whole(groups)
    shown = sorted(counting.told(groups, ballot.least_group or 0))
    told = [{"name": name, **_told_of(groups[name])} for name in shown]
    keep_result(ballot, whole, at=ballot.status_at, groups=told)
    Vote.objects.filter(ballot=ballot).update(group="")
    voting.mix(ballot, [], most=None)


def keep_result(
    ballot: Ballot, whole: Count, *, at: datetime.datetime, groups: Sequence[dict[str, Any]] = ()
) -> None:
    """Keep the numbers of a vote for good, with the verdict that its rules give."""
    Result.objects.create(
        ballot=ballot,
        eligible=whole.eligible,
        cast=whole.cast,
        votes_for=whole.votes_for,
        votes_against=whole.votes_against,
        votes_blank=whole.votes_blank,
        least_turnout=ballot.least_turnout or 0,
        least_share=ballot.least_share or 0,
        groups=list(groups),
        is_yes=is_yes(ballot, whole),
        closed_at=at,
    )


def delete_codes(ballot: Ballot, by: Actor, event: Event) -> None:
    """Nobody can vote with any code of it from now on."""
    SealedCode.objects.filter(entry__ballot=ballot).delete()
    VotingCode.objects.filter(ballot=ballot).delete()


def note_in_history(ballot: Ballot, by: Actor, event: Event) -> None:
    """Let the history of the proposal tell that the vote ended, and nothing of how."""
    ended = event.kind.partition(".")[2]
    data = {"number": ballot.number}
    Event.objects.write(f"proposal.ballot_{ended}", ballot.proposal, by=by, data=data)


def delete_votes(ballot: Ballot, by: Actor, event: Event) -> None:
    """What was voted before a vote was called off is counted by nobody."""
    Vote.objects.filter(ballot=ballot).delete()


def counted(ballot: Ballot) -> dict[str, Count]:
    """What was voted, by group as it is written to codes."""
    roll = list(RollEntry.objects.filter(ballot=ballot).values_list("group", flat=True))
    written = written_groups(ballot, roll)
    return voting.counted(ballot, dict(Counter(written[group] for group in roll)))


def is_yes(ballot: Ballot, whole: Count) -> bool:
    """Whether staff said yes by the rules under which it opened."""
    return counting.is_yes(
        whole, least_turnout=ballot.least_turnout or 0, least_share=ballot.least_share or 0
    )


def written_groups(ballot: Ballot, roll: list[str]) -> dict[str, str]:
    """How each group of the roll is written to codes and votes. roll: the group of each person."""
    least = ballot.least_group or 0
    return counting.written_as(Counter(roll), least, REST)


def _told_of(count: Count) -> dict[str, int]:
    return {
        "eligible": count.eligible,
        "cast": count.cast,
        "votes_for": count.votes_for,
        "not_for": count.not_for,
    }
