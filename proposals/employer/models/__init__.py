"""Whom of an employer is asked and what they answer, and what is done when nobody does."""

from proposals.employer.models.officials import (
    ASKED,
    PASSED_ON,
    AnswerDraft,
    Basis,
    EmployerAnswer,
    EmployerFigure,
    EmployerGround,
    EmployerInvitation,
    EmployerInvitationQuerySet,
    Ended,
    Heard,
    Position,
    Verdict,
)
from proposals.employer.models.silence import (
    ESCALATED,
    Escalation,
    EscalationQuerySet,
    Quiet,
    Reply,
)

__all__ = [
    "ASKED",
    "ESCALATED",
    "PASSED_ON",
    "AnswerDraft",
    "Basis",
    "EmployerAnswer",
    "EmployerFigure",
    "EmployerGround",
    "EmployerInvitation",
    "EmployerInvitationQuerySet",
    "Ended",
    "Escalation",
    "EscalationQuerySet",
    "Heard",
    "Position",
    "Quiet",
    "Reply",
    "Verdict",
]
