"""Load what every installation needs: bodies, schemes, topics, the real register."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

import accounts.reference
import advice.reference
import pathfinders.reference
import proposals.reference


class Command(BaseCommand):
    """Add reference data that is not there yet; running it again changes nothing."""

    help = "Add reference data that is not there yet."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load each app's reference data, in the order in which they build on each other."""
        accounts.reference.load()
        advice.reference.load()
        pathfinders.reference.load()
        proposals.reference.load()
