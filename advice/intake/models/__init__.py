"""Enquiries, who asks them, what is said to and fro, and the facts of the line."""

from advice.intake.models.about import About
from advice.intake.models.advisers import AdviserProfile
from advice.intake.models.breach import Breach, Clock, Lateness
from advice.intake.models.documents import Attachment, AttachmentPiece
from advice.intake.models.enquiry import Channel, Contact, Enquiry, Outcome, Sector, Status
from advice.intake.models.line import AdvicePolicy, GoesTo, Level, Topic, TopicGroup
from advice.intake.models.lost import LostLink
from advice.intake.models.phone import Call, PhoneNote, Rang
from advice.intake.models.rating import Rating, Went
from advice.intake.models.reaching import Reaching, RingDays
from advice.intake.models.refusals import Exclusion, Refusal
from advice.intake.models.routing import RoutingRule, Share
from advice.intake.models.ties import ProviderInterest
from advice.intake.models.why import Why
from advice.intake.models.words import Message, Note

__all__ = [
    "About",
    "AdvicePolicy",
    "AdviserProfile",
    "Attachment",
    "AttachmentPiece",
    "Breach",
    "Call",
    "Channel",
    "Clock",
    "Contact",
    "Enquiry",
    "Exclusion",
    "GoesTo",
    "Lateness",
    "Level",
    "LostLink",
    "Message",
    "Note",
    "Outcome",
    "PhoneNote",
    "ProviderInterest",
    "Rang",
    "Rating",
    "Reaching",
    "Refusal",
    "RingDays",
    "RoutingRule",
    "Sector",
    "Share",
    "Status",
    "Topic",
    "TopicGroup",
    "Went",
    "Why",
]
