"""The parts' models, gathered for Django."""

from proposals.decision.models import Condition, Decision, Reason, Recall, Recommendation
from proposals.draft.models import (
    Change,
    ConflictDeclaration,
    Declaration,
    Invitation,
    Member,
    Proposal,
    ReasonCode,
    Request,
    SchemeVersion,
    ScopeRule,
    Section,
    Signature,
    Version,
    VersionAnswer,
    VersionPdf,
    VersionPerson,
    Withdrawal,
)
from proposals.employer.models import EmployerInvitation
from proposals.ideas.models import Idea, IdeaCall, Sender
from proposals.review.models import Message, Note, RequestDraft

__all__ = [
    "Change",
    "Condition",
    "ConflictDeclaration",
    "Decision",
    "Declaration",
    "EmployerInvitation",
    "Idea",
    "IdeaCall",
    "Invitation",
    "Member",
    "Message",
    "Note",
    "Proposal",
    "Reason",
    "ReasonCode",
    "Recall",
    "Recommendation",
    "Request",
    "RequestDraft",
    "SchemeVersion",
    "ScopeRule",
    "Section",
    "Sender",
    "Signature",
    "Version",
    "VersionAnswer",
    "VersionPdf",
    "VersionPerson",
    "Withdrawal",
]
