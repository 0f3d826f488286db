"""Work out the clocks of the enquiries that run anew, from what happened to them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from advice.intake import rebuilding


class Command(BaseCommand):
    help = "Work out anew when what runs on the advice line is due. What is over stays as it was."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many have moved."""
        moved = rebuilding.rebuild_running()
        self.stdout.write(f"{moved} enquiries have another due time.")
