"""One migrated database a checkout, and a copy of it for each worker of the tests.

Migrating takes seconds and copying a fraction of one, so the migrated database is kept between
runs, under a name that says which migrations it holds.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg2 import sql

ROOT = Path(__file__).resolve().parent.parent
# Any number, as long as all workers use the same: whoever holds it may make the template.
LOCK = 2010


def template_name(root: Path = ROOT) -> str:
    """A name that changes with any migration of ours, or of a part that we install."""
    digest = hashlib.sha256((root / "requirements.lock").read_bytes())
    for path in sorted(root.glob("*/migrations/*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return f"test_template_{digest.hexdigest()[:16]}"


def address(name: str) -> str:
    """The address of a database on the tests' server."""
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


@contextmanager
def server() -> Iterator[Any]:
    """A cursor outside every test's database; it holds the lock until it is closed."""
    line = psycopg2.connect(address("postgres"))
    try:
        line.autocommit = True
        with line.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield cursor
    finally:
        line.close()


def make_database(worker: str) -> None:
    """Point Django at a fresh copy of the migrated database. worker: gw0, gw1, ... or master."""
    name = f"test_portal_{worker}"
    with server() as cursor:
        ensure_template(cursor)
        copy(cursor, name)
    use(name)


def copy(cursor: Any, name: str) -> None:
    """Make a database that is like the template."""
    drop(cursor, name)
    cursor.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template_name())
        )
    )


def drop_database(worker: str) -> None:
    connection.close()
    with server() as cursor:
        drop(cursor, f"test_portal_{worker}")


def with_examples(run: str) -> str:
    """The name of a copy that holds the example people and records, made once for all workers.

    run: whose copy it is; those of earlier runs are dropped when the next is made.
    """
    name = f"test_examples_{run}"
    with server() as cursor:
        existing = databases(cursor, "test_examples_")
        if name not in existing:
            for old in existing:
                drop(cursor, old)
            copy(cursor, "test_loading")
            with used("test_loading"):
                call_command("load_examples")
            rename(cursor, "test_loading", name)
    return name


@contextmanager
def used(name: str) -> Iterator[None]:
    """Work in another database for as long as the block runs."""
    before = settings.DATABASES["default"]["NAME"]
    use(name)
    try:
        yield
    finally:
        use(before)


def ensure_template(cursor: Any) -> None:
    """Migrate once; a run that was killed half-way leaves no template behind."""
    existing = databases(cursor, "test_template_")
    if template_name() in existing:
        return
    for old in existing:
        drop(cursor, old)
    drop(cursor, "test_migrating")
    cursor.execute("CREATE DATABASE test_migrating")
    with used("test_migrating"):
        call_command("migrate", verbosity=0, interactive=False)
    rename(cursor, "test_migrating", template_name())


def databases(cursor: Any, prefix: str) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return [name for (name,) in cursor.fetchall()]


def rename(cursor: Any, old: str, new: str) -> None:
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    cursor.execute(statement.format(sql.Identifier(old), sql.Identifier(new)))


def drop(cursor: Any, name: str) -> None:
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


EMPTY = """
    DO $$
    DECLARE name text;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN
            SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN
            ('django_migrations', 'django_content_type', 'auth_permission')
        LOOP
            EXECUTE format('DELETE FROM %I', name);
        END LOOP;
    END $$
"""


def empty() -> None:
    """Take every row out, past every trigger, but those that migrating made.

    Django truncates each table and makes those rows anew: a second or more, after a test that
    filled five of sixty tables.
    """
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)


def broker(url: str, worker: str) -> str:
    """The address of a worker's own part of the broker, which has sixteen."""
    number = int(worker[2:]) % 15 + 1 if worker.startswith("gw") else 0
    return f"{url.rpartition('/')[0]}/{number}"


def own_broker(worker: str) -> None:
    """Let no worker see the messages and the cache of another."""
    url = broker(settings.REDIS_URL, worker)
    settings.REDIS_URL = settings.CELERY_BROKER_URL = url
    settings.CACHES["default"]["LOCATION"] = url
