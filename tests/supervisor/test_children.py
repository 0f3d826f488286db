"""Programs that die, hang or were left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mutuals_portal.supervisor import children, places, processes
from mutuals_portal.supervisor.bootstrap import PlainError
from mutuals_portal.supervisor.children import Children, Program
from mutuals_portal.supervisor.signals import Signals, Stopped
from tests.supervisor.portal import group_exists, is_running
from tests.waiting import eventually

HOME = {"PATH": os.environ["PATH"]}
STUBBORN = "import signal, time; signal.signal(15, 1); print('deaf', flush=True); time.sleep(99)"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Children]:
    running = Children(places.open_places(tmp_path), Signals())
    yield running
    running.stop(list(running.running), patience=0)


def sleeper(name: str = "sleeper") -> Program:
    return Program(name, ["sleep", "99"], HOME)


def python(code: str, name: str = "code") -> Program:
    return Program(name, [sys.executable, "-c", code], HOME)


@pytest.mark.slow
def test_dead_child_returns_at_once_and_then_after_longer_waits(family: Children) -> None:
    family.start(python("raise SystemExit(3)"))
    waits = []
    for _ in range(3):
        child = family.running["code"]
        eventually(child.has_ended)
        family.tend()
        waits.append(round(child.again_at - time.monotonic(), 1))
        child.again_at = 0
        family.tend()
    assert waits == [0.5, 1.0, 2.0]


def test_steady_child_returns_soon_however_often_it_died_before(family: Children) -> None:
    child = family.start(python("raise SystemExit(3)"))
    eventually(child.has_ended)
    child.failures = 6
    child.started -= children.STEADY + 1
    family.tend()
    assert child.again_at - time.monotonic() <= 0.5


@pytest.mark.slow
def test_deaf_child_and_what_it_started_are_killed(family: Children) -> None:
    code = f"import subprocess; subprocess.Popen(['sleep', '98'])\n{STUBBORN}"
    child = family.start(python(code))
    eventually(lambda: b"deaf" in child.log.read_bytes())
    began = time.monotonic()
    family.stop(["code"], patience=0.2)
    assert time.monotonic() - began < 1
    eventually(lambda: not group_exists(child.pid), 5)


@pytest.mark.slow
def test_failed_command_is_told_by_its_last_words(family: Children) -> None:
    with pytest.raises(PlainError, match=r"^code failed: so sad \(more is in .*code\.log\)\.$"):
        family.run(python("import sys; print('first', flush=True); sys.exit('so sad')"))


@pytest.mark.slow
def test_command_that_meets_a_full_disk_is_told_so(family: Children) -> None:
    with pytest.raises(PlainError, match=r"^The disk that holds .* is full"):
        family.run(python("open('/dev/full', 'wb', buffering=0).write(b'x')"))


@pytest.mark.slow
def test_signal_ends_a_wait_at_once() -> None:
    signals = Signals()
    before = signal.signal(signal.SIGTERM, signals._note)
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(Stopped):
            signals.pause(30)
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.slow
def test_leftover_is_stopped_by_the_next_supervisor(family: Children) -> None:
    child = family.start(sleeper())
    children.stop_leftovers(family.places)
    assert eventually(child.has_ended, 5)
    assert not family.places.children.exists()


def test_stranger_with_the_number_of_a_leftover_is_left_alone(family: Children) -> None:
    stranger = subprocess.Popen(["sleep", "99"])
    record = {"old": {"pid": stranger.pid, "born": "another boot:1", "ask": 15, "insist": 9}}
    family.places.children.write_text(json.dumps(record))
    children.stop_leftovers(family.places)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


@pytest.mark.parametrize("words", ["", "not json", "{}"])
def test_unreadable_record_of_leftovers_stops_nothing(family: Children, words: str) -> None:
    family.places.children.write_text(words)
    children.stop_leftovers(family.places)


@pytest.mark.slow
def test_children_die_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from mutuals_portal.supervisor import places\n"
        "from mutuals_portal.supervisor.children import Children, Program\n"
        "from mutuals_portal.supervisor.signals import Signals\n"
        "family = Children(places.open_places(Path(sys.argv[1])), Signals())\n"
        "print(family.start(Program('s', ['sleep', '99'], {'PATH': '/usr/bin:/bin'})).pid)\n"
        "sys.stdout.flush(); time.sleep(99)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE)
    with parent:
        pid = int(parent.stdout.readline())
        assert is_running(pid)
        parent.kill()
    eventually(lambda: not is_running(pid), 5)


def test_ended_process_has_no_birth() -> None:
    done = subprocess.Popen(["true"])
    time.sleep(0.05)
    assert processes.born(done.pid) is None  # a zombie: nobody has asked how it ended
    done.wait()
    assert processes.born(done.pid) is None
    assert processes.born(os.getpid()) == processes.born(os.getpid()) is not None


def test_birth_is_known_where_the_kernel_keeps_no_files() -> None:
    living = subprocess.Popen(["sleep", "99"])
    first = processes._born_by_ps(living.pid)
    assert first == processes._born_by_ps(living.pid) is not None
    living.kill()
    eventually(lambda: processes._born_by_ps(living.pid) is None, 5)  # a zombie
    living.wait()
    assert processes._born_by_ps(living.pid) is None


def test_long_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "LOG_BYTES", 10)
    log = tmp_path / "web.log"
    log.write_text("a long day\nat the web server\n")
    children.keep_short(log)
    assert log.read_text() == ""
    assert (tmp_path / "web.old.log").read_text() == "a long day\nat the web server\n"
