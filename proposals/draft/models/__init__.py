"""The proposal and what a team puts into it."""

from proposals.draft.models.answers import Change, Section
from proposals.draft.models.conflicts import ConflictDeclaration, barred_from
from proposals.draft.models.criteria import Criterion, CriterionWords
from proposals.draft.models.documents import Document, DocumentPiece, VersionDocument
from proposals.draft.models.employer_words import EmployerWords
from proposals.draft.models.exemptions import Area, Exemption, ExemptionQuerySet
from proposals.draft.models.gates import Gate, GateCode
from proposals.draft.models.proposal import Proposal, ProposalQuerySet, Status
from proposals.draft.models.requests import Request
from proposals.draft.models.schemes import Declaration, ReasonCode, SchemeVersion, ScopeRule
from proposals.draft.models.submitted_words import SubmittedWords
from proposals.draft.models.team import Employment, Invitation, Member, MemberRole, Signature
from proposals.draft.models.versions import Version, VersionAnswer, VersionPdf, VersionPerson
from proposals.draft.models.withdrawals import Withdrawal, WithdrawalReason

__all__ = [
    "Area",
    "Change",
    "ConflictDeclaration",
    "Criterion",
    "CriterionWords",
    "Declaration",
    "Document",
    "DocumentPiece",
    "EmployerWords",
    "Employment",
    "Exemption",
    "ExemptionQuerySet",
    "Gate",
    "GateCode",
    "Invitation",
    "Member",
    "MemberRole",
    "Proposal",
    "ProposalQuerySet",
    "ReasonCode",
    "Request",
    "SchemeVersion",
    "ScopeRule",
    "Section",
    "Signature",
    "Status",
    "SubmittedWords",
    "Version",
    "VersionAnswer",
    "VersionDocument",
    "VersionPdf",
    "VersionPerson",
    "Withdrawal",
    "WithdrawalReason",
    "barred_from",
]
