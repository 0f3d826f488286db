"""The figures of cases, reckoned again from all events."""

from typing import Any

from django.core.management.base import BaseCommand

from proposals.figures.reckoning import reckon_again


class Command(BaseCommand):
    """Write down how long each case stood where, from its events, and count it anew."""

    help = "Reckon the figures of cases again, from the events of all of them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Cases are locked a thousand at a time; the figures change in one piece at the end."""
        reckon_again()
