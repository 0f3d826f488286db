"""Processes as the kernel knows them: is this one still the one that we started?"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

PR_SET_PDEATHSIG = 1
# Looked up here because a child between fork and exec must do as little as possible.
_prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


def born(pid: int) -> str | None:
    """A mark that no later process of the same number shares; None when it does not run."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None if Path("/proc/self/stat").exists() else _born_by_ps(pid)
    # The name, in parentheses, may hold anything: count from behind it.
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in "ZX" else f"{_boot()}:{fields[18]}"


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _born_by_ps(pid: int) -> str | None:
    asked = ["ps", "-o", "lstart=,stat=", "-p", str(pid)]
    found = subprocess.run(asked, capture_output=True, text=True).stdout.strip()
    started, _, state = found.rpartition(" ")
    return None if not started or state.startswith("Z") else started.strip()


def follow(parent: int, farewell: signal.Signals) -> Callable[[], None]:
    """What a child does before it becomes its program: ask to be told when its parent dies."""

    def ask() -> None:  # pragma: no cover  # runs between fork and exec, where nothing measures
        if _prctl is not None:
            _prctl(PR_SET_PDEATHSIG, int(farewell), 0, 0, 0)
            if os.getppid() != parent:  # it died before we asked
                os._exit(1)

    return ask


def signal_group(pid: int, number: signal.Signals) -> None:
    """Signal a child and those that it started; each child leads a group of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def stop_all(
    running: Iterable[tuple[int, signal.Signals, signal.Signals]],
    alive: Callable[[int], bool],
    patience: float,
) -> None:
    """Ask processes to stop, together; insist with those that are still there afterwards.

    running: number, the signal that asks, the signal that insists.
    patience: seconds.
    """
    waiting = list(running)
    for pid, ask, _ in waiting:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, ask)
    end = time.monotonic() + patience
    while any(alive(pid) for pid, _, _ in waiting) and time.monotonic() < end:
        time.sleep(0.02)
    for pid, _, insist in waiting:
        if alive(pid):
            signal_group(pid, insist)
    while any(alive(pid) for pid, _, _ in waiting) and time.monotonic() < end + 1:
        time.sleep(0.02)
    for pid, _, _ in waiting:
        signal_group(pid, signal.SIGKILL)
