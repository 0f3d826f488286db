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
    SchemeVersion,
    Section,
    Signature,
    Version,
    VersionPdf,
    VersionPerson,
)
from proposals.review.models import Message, Note

__all__ = [
    "Change",
    "Condition",
    "ConflictDeclaration",
    "Decision",
    "Declaration",
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
    "Section",
    "Signature",
    "Version",
    "VersionPdf",
    "VersionPerson",
]
