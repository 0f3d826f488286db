"""The parts' models, gathered for Django."""

from advice.intake.models import (
    AdvicePolicy,
    AdviserProfile,
    Contact,
    Enquiry,
    Exclusion,
    Message,
    Note,
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
    "Contact",
    "Enquiry",
    "Exclusion",
    "Message",
    "Note",
    "ProviderInterest",
    "QueueView",
    "RoutingRule",
    "Share",
    "Topic",
    "TopicGroup",
]
