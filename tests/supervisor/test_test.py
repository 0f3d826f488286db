"""`./test` itself."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mutuals_portal.supervisor import places, test
from mutuals_portal.supervisor.children import Children
from mutuals_portal.supervisor.signals import Signals, Stopped
from mutuals_portal.supervisor.test import Check
from tests.supervisor.portal import ROOT, clean_environment, is_running, pids_in
from tests.waiting import eventually

WORKS = (
    "def test_works(db):\n    from accounts.models import User\n    assert not User.objects.all()\n"
)
FAILS = "def test_fails():\n    assert 1 == 2\n"
SLEEPS = """
import pathlib, time
def test_sleeps():
    pathlib.Path({!r}).touch()
    time.sleep(90)
"""


def a_test(folder: Path, code: str) -> str:
    path = folder / "test_it.py"
    path.write_text(code)
    return str(path)


def command(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [ROOT / "test", *arguments],
        # Its own var, because the run that this test is part of holds the usual one.
        env=clean_environment(PORTAL_VAR=str(tmp_path / "var"), DATABASE_URL="postgres://x/real"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.portal
def test_chosen_tests_run_with_servers_of_their_own(tmp_path: Path) -> None:
    code = WORKS + FAILS
    with command(tmp_path, a_test(tmp_path, code), "-c", str(ROOT / "pyproject.toml")) as process:
        said = process.communicate(timeout=120)[0]
    assert process.returncode == 1, said
    assert "1 failed, 1 passed" in said
    assert said.splitlines()[-1].startswith("./test: tests failed; ")
    assert pids_in(tmp_path / "var" / "test") == {}


@pytest.mark.portal
def test_stopping_the_tests_stops_their_servers(tmp_path: Path) -> None:
    var, asleep = tmp_path / "var" / "test", tmp_path / "asleep"
    code = SLEEPS.format(str(asleep))
    with command(tmp_path, a_test(tmp_path, code), "-c", str(ROOT / "pyproject.toml")) as process:
        eventually(asleep.exists, 60)
        pids = pids_in(var)
        assert pids.keys() == {"postgres", "valkey"}
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert time.monotonic() - began < 10
    assert process.returncode == 1
    assert not [name for name, pid in pids.items() if is_running(pid)]


@pytest.mark.slow
def test_failed_checks_are_named_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    family = Children(places.open_places(tmp_path), Signals())
    python = [sys.executable, "-c"]
    checks = [
        Check("good", [*python, "import os; assert os.environ['A'] == 'b'"], {"A": "b"}),
        Check("bad", [*python, "raise SystemExit('it is bad')"], {}),
    ]
    assert test.run_checks(family, {}, checks) == ["bad"]
    said = capsys.readouterr().out
    assert "good                 ok\n" in said
    assert "bad                  failed\n" in said
    assert "it is bad" in said


@pytest.mark.slow
def test_a_signal_ends_the_checks_that_run(tmp_path: Path) -> None:
    signals = Signals()
    family = Children(places.open_places(tmp_path), signals)
    started = tmp_path / "started"
    long = f"import pathlib, time; pathlib.Path({str(started)!r}).touch(); time.sleep(90)"
    check = Check("long", [sys.executable, "-c", long], {})
    timer = threading.Timer(0, lambda: eventually(started.exists) and signals._note(15, None))
    timer.start()
    with pytest.raises(Stopped):
        test.run_checks(family, {}, [check])
    family.stop(list(family.running), patience=2)
    timer.join()
    assert family.running == {}


@pytest.mark.parametrize("name", ["PORTAL_MAINTENANCE", "SECRET_KEY", "ALLOWED_HOSTS", "PORT"])
def test_what_a_user_exported_for_a_portal_is_not_told_to_tests(name: str) -> None:
    assert test.is_forgotten(name)
    assert not test.is_forgotten("PATH")


@pytest.mark.parametrize(
    ("failed", "code", "exit_code", "sentence"),
    [
        ([], 0, 0, "./test: all tests passed; 7 s.\n"),
        (["mypy"], 0, 1, "./test: failed checks: mypy; all tests passed; 7 s.\n"),
        (["mypy"], 2, 2, "./test: failed checks: mypy; tests failed; 7 s.\n"),
        ([], 5, 5, "./test: no test was chosen; 7 s.\n"),
    ],
)
def test_last_line_says_all(
    failed: list[str],
    code: int,
    exit_code: int,
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert test.conclude(failed, code, 7.2) == exit_code
    assert capsys.readouterr().out == sentence


def test_every_check_is_a_command_of_this_environment() -> None:
    names = [check.name for check in test.checks()]
    assert len(set(names)) == len(names) == 8
    assert all(check.command[0] == sys.executable for check in test.checks())
