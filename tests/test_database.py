"""The tests' own database: one template, a copy for each worker."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from mutuals_portal.checks import no_half_of_what_is_one_now
from tests import database


@pytest.mark.django_db
def test_database_is_a_migrated_copy_of_this_worker() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), (SELECT count(*) FROM django_migrations)")
        name, migrations = cursor.fetchone()
    assert name.startswith("test_portal_")
    assert migrations > 20


def test_template_is_named_for_its_migrations(tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_text("django==5.2")
    folder = tmp_path / "accounts" / "migrations"
    folder.mkdir(parents=True)
    names = [database.template_name(tmp_path)]
    for step in ("0001_initial.py", "0002_more.py"):
        (folder / step).write_text("operations = []")
        names.append(database.template_name(tmp_path))
    (folder / "0002_more.py").write_text("operations = [1]")
    names.append(database.template_name(tmp_path))
    assert len(set(names)) == 4
    assert names[-1] == database.template_name(tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("django_db_setup")
def test_template_of_other_migrations_is_dropped_and_ours_is_kept() -> None:
    with database.server() as cursor:
        before = templates(cursor)
        assert before == [database.template_name(database.ROOT)]
        database.ensure_template(cursor)
        assert templates(cursor) == before


def templates(cursor: object) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_template_%'")
    return [name for (name,) in cursor.fetchall()]


APPS = ["accounts", "activity", "advice", "pathfinders", "proposals"]


@pytest.mark.django_db
def test_a_database_that_had_every_migration_from_before_counts_as_migrated() -> None:
    rows = MigrationRecorder(connection).migration_qs.filter(app__in=APPS)
    squashed = rows.filter(name__contains="_squashed_")
    assert sorted(squashed.values_list("app", flat=True)) == APPS
    assert rows.count() > 30
    squashed.delete()

    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert no_half_of_what_is_one_now(None, databases=["default"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("app", APPS)
def test_a_database_that_had_only_some_of_them_is_told_so(app: str) -> None:
    forget_the_last(app)
    [told] = no_half_of_what_is_one_now(None, databases=["default"])
    assert told.msg.startswith(f"default: {app} was migrated by some of the files from before")


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["migrate", "prepare"])
def test_nothing_goes_on_with_a_database_that_had_only_some_of_them(command: str) -> None:
    forget_the_last("proposals")
    with pytest.raises(SystemCheckError, match=r"portal\.E002"):
        # As from a command line, where migrate looks for itself.
        call_command(command, skip_checks=command != "migrate")


def test_a_database_that_is_not_there_yet_is_no_half_of_one(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), database.used("test_nowhere"):
        assert no_half_of_what_is_one_now(None, databases=["default"]) == []


def forget_the_last(app: str) -> None:
    """As if the database had stopped one short of what the one migration stands for."""
    [one] = [each for each in MigrationLoader(None).replacements.values() if each.app_label == app]
    *before, _last = [name for _app, name in one.replaces]
    # Nor was anything that came after it.
    MigrationRecorder(connection).migration_qs.filter(app=app).exclude(name__in=before).delete()


@pytest.mark.parametrize(("worker", "number"), [("master", "0"), ("gw0", "1"), ("gw15", "1")])
def test_worker_has_a_numbered_broker(worker: str, number: str) -> None:
    assert database.broker("redis://:x@127.0.0.1:1/0", worker) == f"redis://:x@127.0.0.1:1/{number}"


def test_settings_use_this_workers_broker() -> None:
    assert settings.CACHES["default"]["LOCATION"] == settings.CELERY_BROKER_URL
