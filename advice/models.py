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

__all__ = [
    "AdvicePolicy",
    "AdviserProfile",
    "Contact",
    "Enquiry",
    "Exclusion",
    "Message",
    "Note",
    "ProviderInterest",
    "RoutingRule",
    "Share",
    "Topic",
    "TopicGroup",
]
