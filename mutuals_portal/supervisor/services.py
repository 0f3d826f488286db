"""The parts of the portal, and the environment that tells them about each other."""

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from mutuals_portal.supervisor import postgres, valkey
from mutuals_portal.supervisor.bootstrap import ROOT, PlainError
from mutuals_portal.supervisor.children import Children, Program
from mutuals_portal.supervisor.places import Places, secret
from mutuals_portal.supervisor.postgres import Postgres
from mutuals_portal.supervisor.valkey import Valkey

DATABASE = "portal"
# With a database of one's own the portal is a real installation: it must be told these.
NEEDED = ("SECRET_KEY", "EMAIL_URL")
# Workers have nothing to tell each other.
QUIET = ("--without-mingle", "--without-gossip")


@dataclass
class Data:
    """The two servers that hold data; None for one that the environment names instead."""

    postgres: Postgres | None
    valkey: Valkey | None


def start_data(
    places: Places,
    children: Children,
    *,
    given: Mapping[str, str],
    settings: dict[str, str],
    database: str = DATABASE,
) -> Data:
    """Start the servers that the environment does not name, and wait until they answer."""
    data = Data(None, None)
    if not given.get("REDIS_URL"):
        data.valkey = valkey.embedded(places, secret(places, "valkey"))
        children.start(data.valkey.program())
    if not given.get("DATABASE_URL"):
        data.postgres = postgres.embedded(places, secret(places, "postgres"), settings)
        child = children.start(data.postgres.program())
        postgres.wait(data.postgres, child, children.signals)
        postgres.ensure_database(data.postgres, database)
    if data.valkey:
        valkey.wait(data.valkey, children.running["valkey"], children.signals)
    return data


def check(given: Mapping[str, str]) -> None:
    """Raises PlainError when a real installation lacks a setting."""
    missing = [name for name in NEEDED if not given.get(name)]
    if given.get("DATABASE_URL") and missing:
        raise PlainError(f"With DATABASE_URL the portal also needs {' and '.join(missing)}.")


def environment(given: Mapping[str, str], places: Places, data: Data, url: str) -> dict[str, str]:
    """What Django is told."""
    told = {
        "PORTAL_URL": url,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        **given,
        "PORTAL_VAR": str(places.var),
        "PYTHONUNBUFFERED": "1",
    }
    if data.valkey:
        told["REDIS_URL"] = data.valkey.url
    if data.postgres:
        told["DATABASE_URL"] = data.postgres.url(DATABASE)
        told["PORTAL_EMBEDDED"] = "1"
        told.setdefault("SECRET_KEY", secret(places, "django"))
    else:
        told.pop("PORTAL_EMBEDDED", None)
    return told


def manage(told: Mapping[str, str], *arguments: str) -> Program:
    """A command of manage.py."""
    command = [sys.executable, "manage.py", *arguments]
    return Program(f"manage-{arguments[0]}", command, told, folder=ROOT)


def web(told: Mapping[str, str], socket: int) -> Program:
    """The web server, behind a socket that outlives it."""
    command = [*gunicorn(f"fd://{socket}"), "--graceful-timeout", "2"]
    return Program("web", command, told, folder=ROOT, sockets=(socket,))


def worker(told: Mapping[str, str]) -> Program:
    # An orphan drops its tasks at once: they are acknowledged late, so they will be done again.
    command = celery("worker")
    return Program("worker", command, told, folder=ROOT, orphaned=signal.SIGQUIT)


def beat(told: Mapping[str, str]) -> Program:
    return Program("beat", celery("beat"), told, folder=ROOT)


def gunicorn(bind: str) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "mutuals_portal.wsgi"),
        *("--config", "python:mutuals_portal.gunicorn", "--bind", bind),
        *("--workers", os.environ.get("WEB_CONCURRENCY", "2")),
    ]


def celery(part: str) -> list[str]:
    flags = {
        "worker": ["--concurrency", os.environ.get("WORKER_CONCURRENCY", "2"), *QUIET],
        "beat": ["--pidfile", ""],
    }
    command = [sys.executable, "-m", "celery", "-A", "mutuals_portal", part]
    return [*command, "--loglevel", "INFO", *flags[part]]
