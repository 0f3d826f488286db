"""The parts' models, gathered for Django."""

from advice.answers.canned.models import AnswerUse, CannedAnswer, CannedVersion
from advice.answers.checks.models import ReplyCheck
from advice.answers.models import ReplyDraft
from advice.intake.models import (
    AdvicePolicy,
    Attachment,
    AttachmentPiece,
    Contact,
    Enquiry,
    Message,
    Note,
    Topic,
)

__all__ = [
    "AdvicePolicy",
    "AnswerUse",
    "Attachment",
    "AttachmentPiece",
    "CannedAnswer",
    "CannedVersion",
    "Contact",
    "Enquiry",
    "Message",
    "Note",
    "ReplyCheck",
    "ReplyDraft",
    "Topic",
]
