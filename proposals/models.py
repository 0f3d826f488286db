"""The parts' models, gathered for Django."""

from proposals.decision.models import Condition, Decision, Reason, Recall, Recommendation
from proposals.draft.models import (
    Change,
    ConflictDeclaration,
    Invitation,
    Member,
    Proposal,
    ReasonCode,
    SchemeVersion,
    ScopeRule,
    Section,
    Signature,
    Version,
    VersionAnswer,
    VersionPerson,
    Withdrawal,
)
from proposals.employer.models import EmployerInvitation
from proposals.ideas.models import Idea, IdeaCall, Sender
from proposals.review.models import Message, Note

__all__ = [
    "Change",
    "Condition",
    "ConflictDeclaration",
    "Decision",
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
    "SchemeVersion",
    "ScopeRule",
    "Section",
    "Sender",
    "Signature",
    "Version",
    "VersionAnswer",
    "VersionPerson",
    "Withdrawal",
]
