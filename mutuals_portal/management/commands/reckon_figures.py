"""The figures of cases and of the advice line, reckoned again from all events."""

from typing import Any

from django.core.management.base import BaseCommand

from advice.figures import reckoning as line
from proposals.figures import reckoning


class Command(BaseCommand):
    """Write down how each case and enquiry went, from its events, and count it anew."""

    help = "Reckon the figures of cases and of the advice line again, from all their events."

    def handle(self, *args: Any, **options: Any) -> None:
        """Cases are locked a thousand at a time; the figures change in one piece at the end."""
        reckoning.reckon_again()
        line.reckon()
