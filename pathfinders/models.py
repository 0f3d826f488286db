"""The tables of this app, gathered from its parts."""

from pathfinders.mentoring.models import Mentor, Mentorship, Seat
from pathfinders.register.commitments import Commitment
from pathfinders.register.models import Entry, Member, ParentBody, Pathfinder

__all__ = [
    "Commitment",
    "Entry",
    "Member",
    "Mentor",
    "Mentorship",
    "ParentBody",
    "Pathfinder",
    "Seat",
]
