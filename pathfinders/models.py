"""The tables of this app, gathered from its parts."""

from pathfinders.mentoring.models import Mentor, Mentorship, Seat
from pathfinders.register.models import Entry, ParentBody, Pathfinder

__all__ = ["Entry", "Mentor", "Mentorship", "ParentBody", "Pathfinder", "Seat"]
