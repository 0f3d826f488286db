"""The first start: a machine with a Python, or less."""

import errno
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from mutuals_portal.supervisor import bootstrap
from mutuals_portal.supervisor.bootstrap import PlainError
from tests.supervisor.portal import (
    IGNORING,
    ROOT,
    clean_environment,
    group_exists,
    said_instead_of_starting,
)
from tests.waiting import eventually

PARTS = ("run", "test", "requirements.lock", "requirements-dev.lock")
NEEDS_PYTHON = "The portal needs Python 3.11 or newer, and found none: please install it.\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of the project as its first start reads, and no .venv."""
    for part in PARTS:
        shutil.copy(ROOT / part, tmp_path / part)
    shutil.copytree(
        ROOT / "mutuals_portal" / "supervisor",
        tmp_path / "mutuals_portal" / "supervisor",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return tmp_path


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that needs no part at all, so that installing it needs no network."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text("# none\n")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", venv / "installed")
    monkeypatch.setattr(bootstrap, "LOG", venv / "install.log")
    # Whatever this test runs in must not be taken for what it makes.
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    return tmp_path


def program(folder: Path, name: str, words: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def without_pip(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python like Debian's without python3-venv: it makes an environment, with no pip to fill it."""
    bare = program(
        nothing / "bare",
        "python3",
        f'case "$*" in "-m pip"*) exit 1;; esac; exec {sys.executable} "$@"',
    )
    monkeypatch.setattr(sys, "executable", str(bare))
    monkeypatch.setenv("PATH", "/bin")


@pytest.mark.parametrize("command", ["run", "test"])
def test_too_old_python_is_refused_in_one_sentence(checkout: Path, command: str) -> None:
    # A Python that is too old answers the question about its version with "no".
    old = program(checkout / "old", "python3", "exit 1")
    assert said_instead_of_starting(command, checkout, PORTAL_PYTHON=str(old)) == NEEDS_PYTHON


def test_newer_python_beside_a_too_old_one_is_found(checkout: Path) -> None:
    tools = checkout / "tools"
    program(tools, "python3", "exit 1")
    program(tools, "python3.12", f'exec {sys.executable} "$@"')
    found = subprocess.run(
        [
            "/bin/sh",
            "-c",
            '. "$0"; echo "$python"',
            ROOT / bootstrap.__file__.replace("bootstrap.py", "find-python.sh"),
        ],
        env={"PATH": f"{tools}:/bin"},
        capture_output=True,
        text=True,
    )
    assert found.stdout == "python3.12\n"


@pytest.mark.slow
def test_no_network_is_told_in_one_sentence(checkout: Path) -> None:
    nowhere = "http://127.0.0.1:9/simple/"
    said = said_instead_of_starting(
        "run",
        checkout,
        PORTAL_PYTHON=sys.executable,
        PIP_INDEX_URL=nowhere,
        PIP_EXTRA_INDEX_URL=nowhere,
        UV_DEFAULT_INDEX=nowhere,
        PIP_CONFIG_FILE=os.devnull,
    )
    assert said.splitlines()[1:] == [
        "The portal's parts could not be downloaded: the first start needs the network "
        f"(details are in {checkout}/.venv/install.log)."
    ]


@pytest.mark.slow
def test_environment_is_made_once_for_each_lock_file(nothing: Path) -> None:
    bootstrap.prepare("run")
    assert bootstrap.is_ready("run")
    assert not bootstrap.is_ready("test")
    made = (nothing / ".venv" / "bin" / "python").lstat().st_ino
    bootstrap.prepare("test")
    assert bootstrap.is_ready("run")
    assert bootstrap.is_ready("test")
    assert (nothing / ".venv" / "bin" / "python").lstat().st_ino == made
    (nothing / "requirements.lock").write_text("# still none\n")
    assert not bootstrap.is_ready("run")


@pytest.mark.slow
def test_environment_whose_python_is_gone_is_replaced(nothing: Path) -> None:
    bootstrap.prepare("run")
    python = nothing / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(nothing / "removed")
    assert not bootstrap.is_ready("run")
    bootstrap.prepare("run")
    assert bootstrap.is_ready("run")


@pytest.mark.slow
def test_half_made_environment_is_made_again(nothing: Path) -> None:
    bootstrap.prepare("run")
    (nothing / ".venv" / "installed").unlink()
    (nothing / ".venv" / "left over").touch()
    bootstrap.prepare("run")
    assert bootstrap.is_ready("run")
    assert not (nothing / ".venv" / "left over").exists()


@pytest.mark.slow
def test_installers_are_tried_until_one_works(nothing: Path, monkeypatch: Any) -> None:
    # A uv that fails, as one without this machine's settings of pip would.
    broken = program(nothing / "tools", "uv", "exit 2")
    monkeypatch.setenv("PATH", f"{broken.parent}:{os.environ['PATH']}")
    bootstrap.prepare("run")
    assert bootstrap.is_ready("run")


@pytest.mark.slow
@pytest.mark.usefixtures("without_pip")
def test_python_without_pip_is_told_what_to_install(monkeypatch: Any) -> None:
    monkeypatch.setattr(bootstrap, "ENSURE", ["-c", "raise SystemExit(1)"])
    with pytest.raises(PlainError, match="install uv, or Debian's python3-venv package"):
        bootstrap.prepare("run")
    assert not bootstrap.is_ready("run")


@pytest.mark.slow
@pytest.mark.usefixtures("without_pip")
def test_python_without_pip_uses_the_one_it_carries() -> None:
    bootstrap.prepare("run")
    assert bootstrap.is_ready("run")


def wheel(folder: Path, name: str, version: int = 1, needs: str = "") -> str:
    """Put a part with no code where pip finds it; the line of a lock file that asks for it."""
    info = f"{name}-{version}.dist-info"
    about = [f"Name: {name}", f"Version: {version}", "Provides-Extra: more"]
    about += [f"Requires-Dist: {needs}"] if needs else []
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as part:
        part.writestr(f"{info}/METADATA", "\n".join(["Metadata-Version: 2.1", *about, ""]))
        part.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
        part.writestr(f"{info}/RECORD", "")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.mark.slow
@pytest.mark.usefixtures("without_pip")
def test_newer_release_of_a_part_does_not_stop_the_installation(
    nothing: Path, monkeypatch: Any
) -> None:
    # The pip that Python carries is the oldest there is.
    first = wheel(nothing, "first", needs="second[more]>=1")
    (nothing / "requirements.lock").write_text(first + wheel(nothing, "second"))
    wheel(nothing, "second", 2)
    monkeypatch.setenv("PIP_FIND_LINKS", str(nothing))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    bootstrap.prepare("run")
    installed = {path.name for path in bootstrap.VENV.rglob("*-*.dist-info")}
    assert installed >= {"first-1.dist-info", "second-1.dist-info"}


@pytest.mark.parametrize(
    ("log", "tried", "sentence"),
    [
        ("[Errno 28] No space left on device", True, "is full"),
        ("Read-only file system (os error 30)", True, "is read-only"),
        ("dns error: failed to lookup address", True, "needs the network"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", True, "tells why"),
        ("No module named pip", False, "install uv, or Debian's python3-venv package"),
    ],
)
def test_failed_installation_is_told_in_one_sentence(log: str, tried: bool, sentence: str) -> None:
    said = bootstrap.why_not(log, tried)
    assert sentence in said
    assert "\n" not in said


@pytest.mark.slow
def test_image_is_only_installed_into(nothing: Path, monkeypatch: Any) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        bootstrap.main("install", [])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert bootstrap.is_ready("install")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.EROFS, "no"), "is read-only: the portal has to write there"),
        (OSError(errno.ENOSPC, "no"), "is full: free some space"),
    ],
)
def test_disk_that_stops_the_installation_is_told(
    nothing: Path, monkeypatch: Any, error: OSError, sentence: str
) -> None:
    def refuse(command: str) -> None:
        raise error

    monkeypatch.setattr(bootstrap, "prepare", refuse)
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    with pytest.raises(PlainError, match=sentence):
        bootstrap.main("run", [])


@pytest.mark.slow
def test_installer_ends_with_the_wait_for_it(nothing: Path) -> None:
    bootstrap.VENV.mkdir()
    began = nothing / "began"
    before = signal.signal(signal.SIGALRM, bootstrap.stop)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(SystemExit):
            bootstrap.logged(["/bin/sh", "-c", f"echo $$ > {began}; sleep 98"])
    finally:
        signal.signal(signal.SIGALRM, before)
    assert eventually(lambda: not group_exists(int(began.read_text())), 5)


def test_environment_whose_python_is_gone_does_not_work(tmp_path: Path) -> None:
    gone = tmp_path / "python"
    gone.symlink_to(tmp_path / "removed")
    assert not bootstrap.works(gone)
    assert bootstrap.works(Path(sys.executable))


def test_development_environment_satisfies_run() -> None:
    assert bootstrap.wanted("test").startswith(bootstrap.wanted("run"))


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_installation_stops_at_once_when_asked(checkout: Path, number: signal.Signals) -> None:
    # An index that accepts and never answers holds the installer for as long as it likes.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        index = f"http://127.0.0.1:{silent.getsockname()[1]}/simple/"
        environment = clean_environment(
            PORTAL_PYTHON=sys.executable,
            PIP_INDEX_URL=index,
            UV_DEFAULT_INDEX=index,
            PIP_CONFIG_FILE=os.devnull,
        )
        start = subprocess.Popen(["/bin/sh", "-c", IGNORING, checkout / "run"], env=environment)
        silent.settimeout(30)
        held, _ = silent.accept()
        start.send_signal(number)
        assert start.wait(3) == 128 + number
        # The installer is gone too: its end of the line is closed.
        held.settimeout(3)
        while held.recv(4096):
            pass
        held.close()
