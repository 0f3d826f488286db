"""`./test`: every check, then every test, with a database and a broker of their own."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mutuals_portal.supervisor import lockfiles, postgres, services
from mutuals_portal.supervisor.bootstrap import ROOT
from mutuals_portal.supervisor.children import Children, say, stop_leftovers
from mutuals_portal.supervisor.places import Places, claim, default_var, open_places
from mutuals_portal.supervisor.signals import Signals

# Settings let tests move the clock only in a database of such a name.
DATABASE = "test_portal"
# A test must behave alike whatever its user has exported.
FORGOTTEN = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PORT", "PORTAL_HTTPS", "PORTAL_URL")
# Each file's tests stay together and in order: some share a portal that takes long to start.
WHOLE = ["-n", "auto", "--dist", "loadfile", "-q"]
COVERAGE = ["--cov", "--cov-report=term:skip-covered"]
QUICK = ["-m", "not browser and not portal"]
PRODUCTION = {
    "PORTAL_EMBEDDED": "0",
    "PORTAL_TEST_CLOCK": "0",
    "EMAIL_URL": "smtp://mail.example:25",
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_URL": "https://portal.example",
}


@dataclass(frozen=True)
class Check:
    """One command that must end well."""

    name: str
    command: list[str]
    extra: Mapping[str, str]


def main(arguments: list[str]) -> int:
    quick = "--quick" in arguments
    chosen = [word for word in arguments if word != "--quick"]
    signals = Signals()
    signals.install()
    began = time.monotonic()
    places = open_places(default_var() / "test")
    with claim(places):
        stop_leftovers(places)
        children = Children(places, signals)
        try:
            told = start(places, children)
            failed = [] if chosen else run_checks(children, told, checks())
            code = run_pytest(children, told, chosen, quick=quick)
        finally:
            children.stop(list(children.running), patience=2)
    return conclude(failed, code, time.monotonic() - began)


def start(places: Places, children: Children) -> dict[str, str]:
    """Start the servers, collect the static files, and tell the tests where all is."""
    given = {name: value for name, value in os.environ.items() if name not in FORGOTTEN}
    settings = postgres.HASTY | {"max_connections": "200"}
    data = services.start_data(places, children, given={}, settings=settings, database=DATABASE)
    assert data.postgres is not None  # noqa: S101  # nothing was given  # nosec
    told = services.environment(given, places, data, "http://127.0.0.1:8000")
    told["DATABASE_URL"] = data.postgres.url(DATABASE)
    children.run(services.manage(told, "collectstatic", "--noinput"))
    return told


def checks() -> list[Check]:
    """What is checked before the tests run, quickest first."""
    python = [sys.executable, "-m"]
    manage = [sys.executable, "manage.py"]
    production = PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(64)}
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    return [
        Check("ruff check", [*python, "ruff", "check", "--quiet"], {}),
        Check("ruff format", [*python, "ruff", "format", "--check", "--quiet"], {}),
        Check("templates' indents", [*python, "djhtml", "--check", *templates], {}),
        Check("lock files", [*python, lockfiles.__name__], {}),
        Check("bandit", [*python, "bandit", "-q", "-r", "-c", "pyproject.toml", "."], {}),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        Check("deployment", [*manage, "check", "--deploy", "--fail-level=WARNING"], production),
        Check("mypy", [*python, "mypy", "."], {}),
    ]


def run_checks(children: Children, told: Mapping[str, str], chosen: Sequence[Check]) -> list[str]:
    """Run all checks, showing what the failed ones say; the names of those that failed."""
    failed = []
    for check in chosen:
        began = time.monotonic()
        done = subprocess.run(
            check.command,
            cwd=ROOT,
            env={**told, **check.extra},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        children.signals.pause(0)
        word = "failed" if done.returncode else "ok"
        say(f"{check.name:20} {word:6} {time.monotonic() - began:5.1f} s")
        if done.returncode:
            say(done.stdout)
            failed.append(check.name)
    return failed


def run_pytest(
    children: Children, told: Mapping[str, str], chosen: list[str], *, quick: bool
) -> int:
    """Run the tests on every core; only the chosen ones when arguments were given."""
    how = chosen or (WHOLE if quick else WHOLE + COVERAGE)
    command = [sys.executable, "-m", "pytest", *how, *(QUICK if quick else [])]
    # Playwright runs an event loop in the thread of the test, which Django would refuse.
    return watch(children, command, {**told, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"})


def watch(children: Children, command: list[str], told: Mapping[str, str]) -> int:
    """Run a command at the keyboard, and stop it when we are asked to stop."""
    with subprocess.Popen(command, cwd=ROOT, env=dict(told)) as process:
        try:
            while process.poll() is None:
                children.signals.pause(0.1)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(3)
                except subprocess.TimeoutExpired:
                    process.kill()
    return process.returncode


def conclude(failed: list[str], code: int, seconds: float) -> int:
    tests = {0: "all tests passed", 5: "no test was chosen"}.get(code, "tests failed")
    checked = f"failed checks: {', '.join(failed)}; " if failed else ""
    say(f"./test: {checked}{tests}; {seconds:.0f} s.")
    return code or int(bool(failed))
