"""The parts' models, gathered for Django."""

from advice.answers.canned.models import AnswerUse, CannedAnswer, CannedVersion
from advice.answers.checks.models import ReplyCheck
from advice.answers.models import ReplyDraft
from advice.intake.models import (
    AdvicePolicy,
    AdviserProfile,
    Attachment,
    AttachmentPiece,
    Call,
    Contact,
    Enquiry,
    Exclusion,
    Message,
    Note,
    PhoneNote,
    ProviderInterest,
    RoutingRule,
    Share,
    Topic,
    TopicGroup,
)
from advice.queue.models import QueueView

__all__ = [
    "AdvicePolicy",
    "AdviserProfile",
    "AnswerUse",
    "Attachment",
    "AttachmentPiece",
    "Call",
    "CannedAnswer",
    "CannedVersion",
    "Contact",
    "Enquiry",
    "Exclusion",
    "Message",
    "Note",
    "PhoneNote",
    "ProviderInterest",
    "QueueView",
    "ReplyCheck",
    "ReplyDraft",
    "RoutingRule",
    "Share",
    "Topic",
    "TopicGroup",
]
