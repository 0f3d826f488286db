"""Enquiries, who asks them, what is said to and fro, and the facts of the line."""

from advice.intake.models.advisers import AdviserProfile
from advice.intake.models.enquiry import Channel, Contact, Enquiry, Outcome, Sector, Status
from advice.intake.models.line import AdvicePolicy, GoesTo, Topic, TopicGroup
from advice.intake.models.refusals import Exclusion, Refusal
from advice.intake.models.routing import RoutingRule, Share
from advice.intake.models.ties import ProviderInterest
from advice.intake.models.why import Why
from advice.intake.models.words import Message, Note

__all__ = [
    "AdvicePolicy",
    "AdviserProfile",
    "Channel",
    "Contact",
    "Enquiry",
    "Exclusion",
    "GoesTo",
    "Message",
    "Note",
    "Outcome",
    "ProviderInterest",
    "Refusal",
    "RoutingRule",
    "Sector",
    "Share",
    "Status",
    "Topic",
    "TopicGroup",
    "Why",
]
