"""The parts' models, gathered for Django."""

from advice.answers.canned.models import AnswerUse, CannedAnswer, CannedVersion
from advice.answers.checks.models import ReplyCheck
from advice.answers.models import ReplyDraft
from advice.figures.models import Course, Figure, Reckoning
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
    "Course",
    "Enquiry",
    "Exclusion",
    "Figure",
    "Message",
    "Note",
    "PhoneNote",
    "ProviderInterest",
    "QueueView",
    "Reckoning",
    "ReplyCheck",
    "ReplyDraft",
    "RoutingRule",
    "Share",
    "Topic",
    "TopicGroup",
]
