"""Enquiries, who asks them, what is said to and fro, and the facts of the line."""

from advice.intake.models.enquiry import Channel, Contact, Enquiry, Outcome, Sector, Status
from advice.intake.models.line import AdvicePolicy, Topic
from advice.intake.models.phone import Call, PhoneNote, Rang
from advice.intake.models.reaching import Reaching, RingDays
from advice.intake.models.words import Message, Note

__all__ = [
    "AdvicePolicy",
    "Call",
    "Channel",
    "Contact",
    "Enquiry",
    "Message",
    "Note",
    "Outcome",
    "PhoneNote",
    "Rang",
    "Reaching",
    "RingDays",
    "Sector",
    "Status",
    "Topic",
]
