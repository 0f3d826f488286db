"""The proposal and what a team puts into it."""

from proposals.draft.models.answers import Change, Section
from proposals.draft.models.conflicts import ConflictDeclaration
from proposals.draft.models.proposal import Proposal, ProposalQuerySet, Status
from proposals.draft.models.schemes import ReasonCode, SchemeVersion, ScopeRule
from proposals.draft.models.team import Employment, Invitation, Member, MemberRole, Signature
from proposals.draft.models.versions import Version, VersionAnswer, VersionPerson
from proposals.draft.models.withdrawals import Withdrawal, WithdrawalReason

__all__ = [
    "Change",
    "ConflictDeclaration",
    "Employment",
    "Invitation",
    "Member",
    "MemberRole",
    "Proposal",
    "ProposalQuerySet",
    "ReasonCode",
    "SchemeVersion",
    "ScopeRule",
    "Section",
    "Signature",
    "Status",
    "Version",
    "VersionAnswer",
    "VersionPerson",
    "Withdrawal",
    "WithdrawalReason",
]
