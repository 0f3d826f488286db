"""A real `./run` in a process of its own, for tests that start, hurt and stop it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
# Where what the tests run through is measured: see tests/measuring.
SEEN = "PORTAL_TESTS_SAW"
MEASURED = ROOT / "tests" / "measuring" / "python"
IGNORING = 'trap \'\' INT TERM HUP; exec "$0" "$@"'


def clean_environment(**more: str) -> dict[str, str]:
    """What a person's shell has, without what ./test told this test.

    The first step too is taken by the Python of the tests, measured where they are.
    """
    kept = ("PATH", "HOME", "LANG", SEEN)
    shell = {name: os.environ[name] for name in kept if name in os.environ}
    python = MEASURED if SEEN in os.environ else sys.executable
    return shell | {"PORTAL_PYTHON": str(python)} | more


def said_instead_of_starting(command: str = "run", root: Path = ROOT, **more: str) -> str:
    """What `./run` says when it cannot start, having checked that it ends in time and in failure."""
    done = subprocess.run(
        [root / command],
        env=clean_environment(**more),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done
    assert done.stdout == ""
    return done.stderr


class Portal:
    """One `./run` whose data are in `var`."""

    def __init__(self, var: Path, port: int, **environment: str) -> None:
        self.var = var
        self.port = port
        self.environment = clean_environment(PORTAL_VAR=str(var), PORT=str(port), **environment)
        self.process: subprocess.Popen[bytes] | None = None
        self.words = var.parent / f"{var.name}.words"

    def start(self, *, ignoring_signals: bool = False, wait: bool = True) -> "Portal":
        command = [str(ROOT / "run")]
        if ignoring_signals:
            command = ["/bin/sh", "-c", IGNORING, *command]
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=words, stderr=words, start_new_session=True
            )
        if wait:
            eventually(self.is_up_or_ended, 240)
            assert "The portal is at" in self.said(), self.said()
        return self

    def is_up_or_ended(self) -> bool:
        return "The portal is at" in self.said() or self.process.poll() is not None

    def said(self) -> str:
        return self.words.read_text()

    def pids(self) -> dict[str, int]:
        return pids_in(self.var)

    def get(self, path: str) -> tuple[int, str]:
        return visit(self.port, path)

    def is_ready(self) -> bool:
        return self.get("/readyz")[0] == 200

    def stop(self, number: signal.Signals = signal.SIGINT) -> float:
        """Stop it; how many seconds it took to end with all that it had started."""
        began = time.monotonic()
        pids = self.pids()
        self.process.send_signal(number)
        self.process.wait(20)
        assert not [name for name, pid in pids.items() if is_running(pid)]
        return time.monotonic() - began

    def clean(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)


def visit(port: int, path: str) -> tuple[int, str]:
    """The status and the text of an answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def pids_in(var: Path) -> dict[str, int]:
    """Name -> number of the processes that a supervisor has written down."""
    record = json.loads((var / "children.json").read_text())
    return {name: entry["pid"] for name, entry in record.items()}


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def group_exists(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True
