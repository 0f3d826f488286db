"""The programs that the supervisor runs: it starts them, restarts what dies, and stops them."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mutuals_portal.supervisor import processes
from mutuals_portal.supervisor.bootstrap import PlainError, disk_error_in, disk_sentence
from mutuals_portal.supervisor.places import Places, write_private
from mutuals_portal.supervisor.signals import Signals

LONGEST_WAIT = 30.0
STEADY = 30.0
LOG_BYTES = 10_000_000


@dataclass(frozen=True)
class Program:
    """One program and how it likes to be stopped."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    folder: Path = Path("/")
    user: int | None = None
    sockets: tuple[int, ...] = ()
    ask: signal.Signals = signal.SIGTERM
    insist: signal.Signals = signal.SIGKILL
    # Sent by the kernel when the supervisor is killed; it must end the program soon.
    orphaned: signal.Signals = signal.SIGTERM


@dataclass(eq=False)
class Child:
    """A running program."""

    program: Program
    log: Path
    process: subprocess.Popen[bytes]
    # How many bytes its log held before.
    before: int = 0
    started: float = field(default_factory=time.monotonic)
    failures: int = 0
    again_at: float | None = None

    @property
    def pid(self) -> int:
        return self.process.pid

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def said(self) -> str:
        """What it has written since it started."""
        with self.log.open("rb") as words:
            words.seek(self.before)
            return words.read().decode(errors="replace")


class Children:
    """All running programs of one supervisor, written down for the next one to find."""

    def __init__(self, places: Places, signals: Signals) -> None:
        self.places = places
        self.signals = signals
        self.running: dict[str, Child] = {}

    def start(self, program: Program) -> Child:
        """Start a program; its words go to var/log."""
        log = self.places.logs / f"{program.name}.log"
        keep_short(log)
        before = log.stat().st_size if log.exists() else 0
        child = Child(program, log, launch(program, log), before)
        self.running[program.name] = child
        self._write_down()
        return child

    def run(self, program: Program) -> str:
        """Run a program to its end; what it wrote. Raises PlainError when it fails."""
        child = self.start(program)
        while not child.has_ended():
            self.signals.pause(0.02)
        self.forget(child)
        if child.process.returncode:
            raise PlainError(failure(child))
        return child.said()

    def forget(self, child: Child) -> None:
        """Let a program that has ended be, instead of starting it again."""
        del self.running[child.program.name]
        self._write_down()

    def tend(self) -> None:
        """Restart what has ended: at once the first time, later after longer and longer waits."""
        now = time.monotonic()
        for name, child in list(self.running.items()):
            keep_short(child.log)
            if not child.has_ended():
                continue
            if child.again_at is None:
                self._plan_restart(child, now)
            elif now >= child.again_at:
                self.start(child.program)
                self.running[name].failures = child.failures

    def _plan_restart(self, child: Child, now: float) -> None:
        # What it had started must not work on beside its successor.
        processes.signal_group(child.pid, signal.SIGKILL)
        child.failures = 0 if now - child.started > STEADY else child.failures + 1
        wait = min(LONGEST_WAIT, 0.5 * 2 ** max(0, child.failures - 1))
        child.again_at = now + wait
        say(f"{child.program.name} stopped ({ending(child)}); starting it again.")

    def stop(self, names: Sequence[str], patience: float) -> None:
        """Stop programs together; patience in seconds before insisting."""
        chosen = [self.running.pop(name) for name in names if name in self.running]
        by_pid = {child.pid: child for child in chosen}
        processes.stop_all(
            [
                (child.pid, child.program.ask, child.program.insist)
                for child in chosen
                if not child.has_ended()
            ],
            lambda pid: not by_pid[pid].has_ended(),
            patience,
        )
        self._write_down()

    def _write_down(self) -> None:
        record = {
            name: {
                "pid": child.pid,
                "born": processes.born(child.pid),
                "ask": int(child.program.ask),
                "insist": int(child.program.insist),
            }
            for name, child in self.running.items()
            if not child.has_ended()
        }
        # A full disk must not stop the supervisor from tending what runs.
        with contextlib.suppress(OSError):
            write_private(self.places.children, json.dumps(record))


def launch(program: Program, log: Path) -> subprocess.Popen[bytes]:
    """Start a program in a group of its own, so that a terminal's Ctrl-C reaches only us."""
    change: dict[str, int | list[int]] = {}
    if program.user is not None:
        change = {"user": program.user, "group": program.user, "extra_groups": []}
    with log.open("ab") as words:
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            env=dict(program.environment),
            cwd=program.folder,
            process_group=0,
            pass_fds=program.sockets,
            preexec_fn=processes.follow(os.getpid(), program.orphaned),
            **change,
        )


def stop_leftovers(places: Places) -> bool:
    """Stop what a killed supervisor left behind, once sure that it is what was written down.

    Returns whether the last supervisor was killed: others leave no record of children.
    """
    try:
        record = json.loads(places.children.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    ours = {
        entry["pid"]: entry
        for entry in record.values()
        if entry["born"] and processes.born(entry["pid"]) == entry["born"]
    }
    if ours:
        say("Stopping what an earlier run left behind.")
    processes.stop_all(
        [
            (pid, signal.Signals(entry["ask"]), signal.Signals(entry["insist"]))
            for pid, entry in ours.items()
        ],
        lambda pid: processes.born(pid) == ours[pid]["born"],
        patience=3,
    )
    places.children.unlink(missing_ok=True)
    return bool(record)


def keep_short(log: Path) -> None:
    """Set a long log aside. It is emptied in place: the program goes on writing at its end."""
    with contextlib.suppress(OSError):
        if log.stat().st_size > LOG_BYTES:
            shutil.copyfile(log, log.with_suffix(".old.log"))
            os.truncate(log, 0)


def failure(child: Child) -> str:
    """One sentence for a command that failed: its last words, or what the disk did."""
    words = child.said()
    disk = disk_sentence(disk_error_in(words), child.log.parent.parent)
    if disk:
        return disk
    last = words.strip().rpartition("\n")[2] or ending(child)
    return f"{child.program.name} failed: {last} (more is in {child.log})."


def ending(child: Child) -> str:
    code = child.process.returncode
    return f"signal {-code}" if code < 0 else f"exit {code}"


def say(words: str) -> None:
    """Tell the person at the keyboard, who may have closed the window."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()
