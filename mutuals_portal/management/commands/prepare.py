"""Everything that has to be done before the portal is served, in one process."""

from typing import Any

from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DEFAULT_DB_ALIAS


class Command(BaseCommand):
    """Bring the database up to date; with flags, examples and static files too."""

    help = "Bring the database up to date. Safe to run again, and before each start."

    def add_arguments(self, parser: CommandParser) -> None:
        """What else."""
        parser.add_argument("--examples", action="store_true", help="make example people too")
        parser.add_argument("--static", action="store_true", help="collect static files too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it in the order in which one thing needs another."""
        self.check(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])
        call_command("migrate", interactive=False, stdout=self.stdout)
        # Loading the examples begins with the reference data.
        call_command("load_examples" if options["examples"] else "load_reference")
        if options["static"]:
            call_command("collectstatic", interactive=False, verbosity=0, stdout=self.stdout)
