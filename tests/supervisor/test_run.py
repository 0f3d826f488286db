"""`./run` on this machine, from nothing: real servers, real signals."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg2
import pytest

from mutuals_portal.health import KEPT
from mutuals_portal.logs import SECRET_PLACES
from mutuals_portal.supervisor import ports
from tests.supervisor.portal import Portal, is_running, said_instead_of_starting
from tests.waiting import eventually

# Starting takes seconds, so these tests share one portal, in this order.
pytestmark = [pytest.mark.portal, pytest.mark.slow]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    var = tmp_path_factory.mktemp("portal") / "var"
    running = Portal(var, ports.free_port(), PYTHONDONTWRITEBYTECODE="1")
    yield running.start()
    running.clean()


def told(portal: Portal) -> dict[str, str]:
    """The environment that its processes are told."""
    environment = Path(f"/proc/{portal.pids()['beat']}/environ").read_bytes().split(b"\0")
    return dict(pair.decode().split("=", 1) for pair in environment if pair)


def database(portal: Portal) -> psycopg2.extensions.connection:
    """A line to the embedded database."""
    return psycopg2.connect(told(portal)["DATABASE_URL"])


def test_run_from_nothing_serves_the_home_page(portal: Portal) -> None:
    assert portal.get("/")[0] == 200
    assert portal.get("/healthz") == (200, "alive\n")


def test_run_prints_the_address_and_the_example_accounts(portal: Portal) -> None:
    assert f"The portal is at http://127.0.0.1:{portal.port}/" in portal.said()
    assert "@" in portal.said().partition("Example accounts:")[2]


def test_run_is_ready_with_all_its_parts(portal: Portal) -> None:
    assert eventually(portal.is_ready)
    assert set(portal.pids()) == {"postgres", "valkey", "web", "worker", "beat"}


def test_run_keeps_its_secrets_private(portal: Portal) -> None:
    assert (portal.var / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert (portal.var / "mail").stat().st_mode & 0o777 == 0o700
    secret = portal.var.joinpath("secrets.json").read_text()
    command_lines = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
    assert not [value for value in secret.split('"')[3::4] if value in command_lines]


def test_run_keeps_what_python_compiles_so_that_every_part_starts_soon(portal: Portal) -> None:
    assert "PYTHONDONTWRITEBYTECODE" not in told(portal)


def test_run_writes_no_token_of_a_link_to_its_logs(portal: Portal) -> None:
    for place in SECRET_PLACES:
        portal.get(f"{place}letmein-4711/")
    web = portal.var.joinpath("log", "web.log")
    # The last of them, so that all have been written by now.
    assert eventually(lambda: f"{SECRET_PLACES[-1]}..." in web.read_text())
    logs = list(portal.var.joinpath("log").iterdir())
    # Of voters' pages there is not even a line.
    for secret in ("letmein-4711", "/vote/"):
        assert not [log.name for log in logs if secret in log.read_text()]


@pytest.mark.parametrize("name", ["web", "worker", "beat", "valkey", "postgres"])
def test_run_restarts_a_killed_part(portal: Portal, name: str) -> None:
    before = portal.pids()[name]
    os.kill(before, signal.SIGKILL)
    assert eventually(lambda: portal.pids()[name] != before)
    # What was known before the kill is told for so long.
    time.sleep(KEPT)
    assert eventually(portal.is_ready)
    assert is_running(portal.pids()[name])
    assert f"{name} stopped (signal 9); starting it again." in portal.said()


def test_second_run_of_the_same_data_is_refused(portal: Portal) -> None:
    second = Portal(portal.var, ports.free_port())
    pid = portal.process.pid
    sentence = f"The portal is already running from {portal.var} as process {pid}.\n"
    assert said_instead_of_starting(**second.environment) == sentence


def test_killed_run_leaves_nothing_and_keeps_its_data(portal: Portal) -> None:
    """It comes back where it can: the port that nobody chose is taken."""
    with database(portal) as line, line.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 'still here' AS word")
    before = portal.pids()
    portal.process.kill()
    portal.process.wait()

    del portal.environment["PORT"]
    with ExitStack() as taken:
        with suppress(OSError):  # somebody else has taken it already
            taken.enter_context(socket.create_server(("127.0.0.1", ports.DEFAULT)))
        portal.start(ignoring_signals=True)

    told = re.search(r"Port 8000 is taken, so the portal uses (\d+)\.", portal.said())
    portal.port = int(told[1])
    assert eventually(portal.is_ready)
    assert not any(map(is_running, before.values()))
    with database(portal) as line, line.cursor() as cursor:
        cursor.execute("SELECT word FROM kept")
        assert cursor.fetchone() == ("still here",)


def test_sigint_that_arrives_ignored_stops_all_in_five_seconds(portal: Portal) -> None:
    assert portal.stop(signal.SIGINT) < 5
    assert portal.process.returncode == 0


def test_sigterm_during_the_start_stops_all_in_five_seconds(portal: Portal) -> None:
    portal.start(ignoring_signals=True, wait=False)
    assert eventually(lambda: "postgres" in portal.pids())
    assert portal.stop(signal.SIGTERM) < 5
    assert portal.process.returncode == 0
