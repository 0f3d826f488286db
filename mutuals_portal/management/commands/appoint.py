"""Give somebody a role: how the first administrator of an installation comes to be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from accounts.models import Appointment, Organisation, Role, User
from activity import clock


class Command(BaseCommand):
    """Appoint somebody who has signed up to a role in an organisation, from today."""

    help = "Appoint somebody who has signed up: appoint ADDRESS ROLE ORGANISATION-SLUG"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, as what, where."""
        parser.add_argument("address")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("organisation", help="its slug, such as cabinet-office")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Write the appointment; an administrator may open Django's admin too."""
        user = User.objects.filter(email__iexact=options["address"]).first()
        body = Organisation.objects.filter(slug=options["organisation"]).first()
        if user is None:
            raise CommandError("Nobody has signed up with that address.")
        if body is None:
            raise CommandError("No organisation has that slug.")
        role = Role(options["role"])
        try:
            with transaction.atomic():
                Appointment.objects.create(
                    user=user, role=role, organisation=body, starts_on=clock.today()
                )
        except IntegrityError as error:
            raise CommandError("They hold that role there already.") from error
        if role is Role.ADMINISTRATOR:
            user.is_staff = user.is_superuser = True
            user.save(update_fields=["is_staff", "is_superuser"])
        self.stdout.write(f"{user} is now {role.label.lower()} in {body}.")
