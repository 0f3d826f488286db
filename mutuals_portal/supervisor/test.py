"""`./test`: every check, then every test, with a database and a broker of their own."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutuals_portal.supervisor import alone, covered, lockfiles, postgres, services
from mutuals_portal.supervisor.bootstrap import ROOT
from mutuals_portal.supervisor.children import Child, Children, Program, say, stop_leftovers
from mutuals_portal.supervisor.places import Places, claim, default_var, open_places
from mutuals_portal.supervisor.signals import Signals

# Settings let a test move the clock only in a database of such a name.
DATABASE = "test_portal"
# A test must behave alike whatever its user has exported.
FORGOTTEN = (
    *alone.NEEDED,
    "PORT",
    "CLAMD_URL",
    "REQUIRE_SCAN",
    "WEB_CONCURRENCY",
    "WORKER_CONCURRENCY",
)
# Each file's tests stay together and in order: some share a portal that takes long to start. Files
# begin in the order of tests/conftest.py, which knows better than their number of tests.
WHOLE = ["--dist", "loadfile", "--no-loadscope-reorder", "-q"]
QUICK = ["-m", "not browser and not portal and not slow"]
PRODUCTION = {
    "PORTAL_EMBEDDED": "0",
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

    def program(self, told: Mapping[str, str]) -> Program:
        """What is run, in the environment of the tests."""
        name = f"check-{self.name.replace(' ', '-')}"
        return Program(name, self.command, {**told, **self.extra}, folder=ROOT)


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
            report = None if chosen or quick else places.var / "coverage.json"
            code = run_pytest(children, told, how(chosen, quick=quick, report=report))
            if report and not is_covered(report):
                failed.append("coverage")
        finally:
            children.stop(list(children.running), patience=2)
    return conclude(failed, code, time.monotonic() - began)


def start(places: Places, children: Children) -> dict[str, str]:
    """Start the servers, collect the static files, and tell the tests where all is."""
    given = {name: value for name, value in os.environ.items() if not is_forgotten(name)}
    settings = postgres.HASTY | {"max_connections": "200"}
    data = services.start_data(places, children, given={}, settings=settings, database=DATABASE)
    assert data.postgres is not None  # noqa: S101  # nothing was given  # nosec
    told = services.environment(given, places, data, "http://127.0.0.1:8000")
    told["DATABASE_URL"] = data.postgres.url(DATABASE)
    children.run(services.manage(told, "collectstatic", "--noinput"))
    return told


def is_forgotten(name: str) -> bool:
    return name in FORGOTTEN or name.startswith("PORTAL_")


def checks() -> list[Check]:
    """What is checked before the tests run, slowest first."""
    python = [sys.executable, "-m"]
    manage = [sys.executable, "manage.py"]
    production = PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(64)}
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    return [
        Check("mypy", [*python, "mypy", "."], {}),
        Check("ruff check", [*python, "ruff", "check", "--quiet"], {}),
        Check("ruff format", [*python, "ruff", "format", "--check", "--quiet"], {}),
        Check("templates' indents", [*python, "djhtml", "--check", *templates], {}),
        Check("lock files", [*python, lockfiles.__name__], {}),
        Check("bandit", [*python, "bandit", "-q", "-r", "-c", "pyproject.toml", "."], {}),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        Check("deployment", [*manage, "check", "--deploy", "--fail-level=WARNING"], production),
    ]


def run_checks(children: Children, told: Mapping[str, str], chosen: Sequence[Check]) -> list[str]:
    """Run all checks on every core, showing what the failed ones say; the names of those."""
    failed, waiting = [], list(chosen)
    running: dict[Child, Check] = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            check = waiting.pop(0)
            running[children.start(check.program(told))] = check
        children.signals.pause(0.05)
        for child in [each for each in running if each.has_ended()]:
            children.forget(child)
            check = running.pop(child)
            fault = child.said() if child.process.returncode else None
            say(f"{check.name:20} {'ok' if fault is None else 'failed'}")
            if fault is not None:
                say(fault)
                failed.append(check.name)
    return failed


def how(chosen: list[str], *, quick: bool, report: Path | None) -> list[str]:
    """What pytest is told: to run everything on every core, unless tests were chosen."""
    words = list(chosen)
    if not chosen:
        cores = os.cpu_count() or 1
        # Browsers and whole portals are waited for: meanwhile another worker has work.
        words = [*WHOLE, "-n", str(cores if quick else cores + 1)]
    if report:
        report.unlink(missing_ok=True)
        words += ["-p", "tests.measuring.plugin", f"--measured={report}"]
    return words + QUICK if quick else words


def is_covered(report: Path) -> bool:
    """Whether the tests ran through all that they must; says what they did not."""
    missed = covered.below(report) if report.exists() else ["pytest wrote no report of coverage"]
    for sentence in missed:
        say(sentence)
    return not missed


def run_pytest(children: Children, told: Mapping[str, str], words: list[str]) -> int:
    """Run the tests."""
    command = [sys.executable, "-m", "pytest", *words]
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
