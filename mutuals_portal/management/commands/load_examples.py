"""Example people and records, for the embedded database only."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

import accounts.examples
import advice.examples
import mutuals_portal.cover.examples
import mutuals_portal.interests.examples
import pathfinders.examples
import proposals.examples
import proposals.ideas.examples
from accounts.models import Role
from advice.figures import reckoning as line
from proposals.figures import reckoning


class Command(BaseCommand):
    """Make one example user a role and one example record a status."""

    help = "Make example people and records. Only for the embedded database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only one: print who they are."""
        parser.add_argument("--list", action="store_true", help="print the example people")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or list; refused where real people may be."""
        if not settings.EMBEDDED:
            raise CommandError("Examples are only for the embedded database.")
        if options["list"]:
            self._list()
            return
        call_command("load_reference")
        people = accounts.examples.load()
        proposals.examples.load(people)
        pathfinders.examples.load(people)
        advice.examples.load(people)
        proposals.ideas.examples.load(people)
        mutuals_portal.interests.examples.load(people)
        mutuals_portal.cover.examples.load(people)
        reckoning.reckon_if_new_day()
        line.reckon_if_new_day()

    def _list(self) -> None:
        for key, (name, role, _body) in accounts.examples.PEOPLE.items():
            label = Role(role).label if role else "Front-line staff"
            line = f"{accounts.examples.address(key):36}{name:18}{label}"
            self.stdout.write(line)
        self.stdout.write(f"They all sign in with the password {accounts.examples.PASSWORD}")
