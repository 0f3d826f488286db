"""Enquiries, who asks them, what is said to and fro, and the facts of the line."""

from advice.intake.models.about import About
from advice.intake.models.enquiry import Channel, Contact, Enquiry, Outcome, Sector, Status
from advice.intake.models.line import AdvicePolicy, Topic
from advice.intake.models.words import Message, Note

__all__ = [
    "About",
    "AdvicePolicy",
    "Channel",
    "Contact",
    "Enquiry",
    "Message",
    "Note",
    "Outcome",
    "Sector",
    "Status",
    "Topic",
]
