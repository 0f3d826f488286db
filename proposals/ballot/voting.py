"""Casting a vote, so that nothing that is kept says who cast it or when."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count as Counted

from activity import clock
from activity.transactions import in_one_piece, lock
from proposals.ballot import codes
from proposals.ballot.counting import Count
from proposals.ballot.models import Ballot, Choice, Vote, VotingCode

# Deletes a code and says of which group it was.
USE_UP = """
    DELETE FROM proposals_votingcode WHERE code_hash = %s AND ballot_id = %s RETURNING "group"
"""
# Each vote is mixed with all that were cast before, up to so many of them chosen at random: writing
# five thousand anew takes a fifth of a second, and nobody else can vote meanwhile.
MIXED_WITH = 2_000
# Rewrites votes of a ballot, and the new ones with them, in the order of fresh random keys. They
# are then of one transaction and of one moment, lie in no order, and keep no key that they had.
MIX = """
    WITH before AS (
        DELETE FROM proposals_vote WHERE id IN (
            SELECT id FROM proposals_vote WHERE ballot_id = %(ballot)s
            ORDER BY random() LIMIT %(most)s
        )
        RETURNING choice, "group"
    )
    INSERT INTO proposals_vote (id, ballot_id, choice, "group")
    SELECT key, %(ballot)s, choice, "group" FROM (
        SELECT gen_random_uuid() AS key, choice, "group" FROM (
            SELECT choice, "group" FROM before
            UNION ALL
            SELECT * FROM unnest(%(choices)s::varchar[], %(groups)s::varchar[])
        ) AS all_of_them
    ) AS mixed
    ORDER BY key
"""


class NotACode(Exception):
    """The code was used, or there never was one."""


class NotOpen(Exception):
    """The vote that the code is for takes no votes now."""

    def __init__(self, ballot: Ballot) -> None:
        super().__init__("not open")
        self.ballot = ballot


@in_one_piece
def cast(*, code: str, choice: str) -> None:
    """Count a vote and use its code up. Nothing else is written: no event, no time, no name.

    code: as `codes.read` gives it. choice: of Choice. Raises NotACode, or NotOpen when nobody can
    vote in it now; then the code is as good as before.

    The ballot's row is held, so that a vote and the close come one after the other, and votes too.
    """
    known = VotingCode.objects.filter(code_hash=codes.hashed(code)).values_list("ballot_id")
    pk = known.first()
    if pk is None:
        raise NotACode
    ballot = lock(Ballot, pk[0])
    if not ballot.takes_votes(clock.now()):
        raise NotOpen(ballot)
    with connection.cursor() as cursor:
        cursor.execute(USE_UP, [codes.hashed(code), ballot.pk])
        used = cursor.fetchone()
    if used is None:
        raise NotACode
    mix(ballot, [(Choice(choice), used[0])])


def mix(ballot: Ballot, new: list[tuple[Choice, str]], *, most: int | None = MIXED_WITH) -> None:
    """Write votes of a ballot anew, with new ones among them: pairs of choice and group.

    most: how many of those before, chosen at random; None for all.
    """
    told = {
        "ballot": ballot.pk,
        "most": most,
        "choices": [choice.value for choice, _group in new],
        "groups": [group for _choice, group in new],
    }
    with connection.cursor() as cursor:
        cursor.execute(MIX, told)


def counted(ballot: Ballot, eligible: dict[str, int]) -> dict[str, Count]:
    """What was voted, by group as it is written to codes. eligible: how many could vote in each."""
    rows = Vote.objects.filter(ballot=ballot).values_list("group", "choice")
    found = {group: dict.fromkeys(Choice.values, 0) for group in eligible}
    for group, choice, number in rows.annotate(number=Counted("pk")).order_by():
        found[group][choice] = number
    return {group: _count(eligible[group], votes) for group, votes in found.items()}


def whole(groups: dict[str, Count]) -> Count:
    """All groups as one."""
    every = groups.values()
    return Count(
        sum(each.eligible for each in every),
        sum(each.cast for each in every),
        sum(each.votes_for for each in every),
        sum(each.votes_against for each in every),
        sum(each.votes_blank for each in every),
    )


def _count(eligible: int, votes: dict[str, int]) -> Count:
    return Count(
        eligible,
        sum(votes.values()),
        votes[Choice.FOR],
        votes[Choice.AGAINST],
        votes[Choice.BLANK],
    )
