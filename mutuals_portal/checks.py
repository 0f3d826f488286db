"""What must be true of an installation before people use it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import User
from mutuals_portal.supervisor.silence import SILENT


@register(Tags.security, deploy=True)
def no_example_people(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error while somebody could sign in with the password that is printed at every start."""
    if settings.EMBEDDED:
        return []
    try:
        found = User.objects.filter(is_example=True, is_active=True).exists()
    except DatabaseError:
        return []
    message = "An example user is active. Close their accounts before anybody uses this portal."
    return [Error(message, id="portal.E001")] if found else []


@register(Tags.database)
def no_half_of_what_is_one_now(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error where only some were applied of several migrations that one stands for now.

    Django would apply neither that one nor the rest, and may say that there is nothing to do.
    """
    return [
        Error(
            f"{alias}: {app} was migrated by some of the files from before, and not by all.",
            hint="Run migrate of the version from before first: docs/deploy.md, Upgrading.",
            id="portal.E002",
        )
        for alias in databases or ()
        for app in half_migrated(alias)
    ]


@register(Tags.database, deploy=True)
def no_votes_in_the_log_of_the_database(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A warning where the database may write statements to its log: then it says who voted what."""
    return [
        Warning(
            f"{alias}: {name} is {found}. Statements in the log would tell how people voted.",
            hint=f"Set it to {wanted} for the portal's database: docs/deploy.md, Votes of staff.",
            id="portal.W001",
        )
        for alias in databases or ()
        for name, (wanted, found) in logging_settings(alias).items()
        if found != wanted
    ]


def logging_settings(alias: str) -> dict[str, tuple[str, str]]:
    """What says whether statements are logged: its name, what it should be, and what it is."""
    with connections[alias].cursor() as cursor:
        found = {}
        for name, wanted in SILENT.items():
            cursor.execute("SELECT setting FROM pg_settings WHERE name = %s", [name])
            found[name] = (wanted, cursor.fetchone()[0])
    return found


def half_migrated(alias: str) -> list[str]:
    """The apps whose former migrations, which are no longer here, were applied in part."""
    try:
        applied = MigrationRecorder(connections[alias]).applied_migrations()
    except DatabaseError:
        return []
    loader = MigrationLoader(None)
    return [
        one.app_label
        for one in loader.replacements.values()
        if not set(one.replaces) & loader.disk_migrations.keys()
        and len({step in applied for step in one.replaces}) > 1
    ]
