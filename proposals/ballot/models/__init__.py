"""The vote, its roll, its codes, and what was voted: joined by nothing but the vote itself."""

from proposals.ballot.models.ballots import LIVE, SCRUTINEER, Ballot, Result, Status
from proposals.ballot.models.rolls import RollEntry, SealedCode
from proposals.ballot.models.votes import Choice, Vote, VotingCode

__all__ = [
    "LIVE",
    "SCRUTINEER",
    "Ballot",
    "Choice",
    "Result",
    "RollEntry",
    "SealedCode",
    "Status",
    "Vote",
    "VotingCode",
]
