"""The parts' models, gathered for Django."""

from advice.figures.models import Course, Figure, Reckoning
from advice.intake.models import AdvicePolicy, Contact, Enquiry, Message, Note, Topic

__all__ = [
    "AdvicePolicy",
    "Contact",
    "Course",
    "Enquiry",
    "Figure",
    "Message",
    "Note",
    "Reckoning",
    "Topic",
]
