"""The tables of this app, gathered from its parts."""

from pathfinders.register.models import Entry, ParentBody, Pathfinder

__all__ = ["Entry", "ParentBody", "Pathfinder"]
