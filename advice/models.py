"""The parts' models, gathered for Django."""

from advice.intake.models import (
    AdvicePolicy,
    Call,
    Contact,
    Enquiry,
    Message,
    Note,
    PhoneNote,
    Topic,
)

__all__ = ["AdvicePolicy", "Call", "Contact", "Enquiry", "Message", "Note", "PhoneNote", "Topic"]
