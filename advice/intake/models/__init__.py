"""Enquiries, who asks them, what is said to and fro, and the facts of the line."""

from advice.intake.models.breach import Breach, Clock, Lateness
from advice.intake.models.enquiry import Channel, Contact, Enquiry, Outcome, Sector, Status
from advice.intake.models.line import AdvicePolicy, Level, Topic
from advice.intake.models.lost import LostLink
from advice.intake.models.rating import Rating, Went
from advice.intake.models.words import Message, Note

__all__ = [
    "AdvicePolicy",
    "Breach",
    "Channel",
    "Clock",
    "Contact",
    "Enquiry",
    "Lateness",
    "Level",
    "LostLink",
    "Message",
    "Note",
    "Outcome",
    "Rating",
    "Sector",
    "Status",
    "Topic",
    "Went",
]
