"""The parts' models, gathered for Django."""

from advice.intake.models import AdvicePolicy, Contact, Enquiry, Message, Note, Topic

__all__ = ["AdvicePolicy", "Contact", "Enquiry", "Message", "Note", "Topic"]
