"""Makes `.venv` from a lock file and hands over to the supervisor.

Nothing is installed when this runs, so it uses the standard library alone.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
LOG = VENV / "install.log"
# The development lock holds everything of the other, so either satisfies ./run.
LOCKS = {
    "run": ["requirements.lock"],
    "install": ["requirements.lock"],  # the image's first step
    "test": ["requirements.lock", "requirements-dev.lock"],
}
# Puts the pip that Python carries into .venv; Debian leaves it out.
ENSURE = ["-m", "ensurepip"]
NO_NETWORK = (
    "connection",
    "connect error",
    "name resolution",
    "dns error",
    "error sending request",
    "unreachable",
    "timed out",
    "no matching distribution found",
)


class PlainError(Exception):
    """What stops a command, as one sentence for the person at the keyboard."""


def disk_sentence(error: OSError | int | None, place: Path | str) -> str | None:
    """The sentence for a disk that cannot be written, or None when the error is another."""
    number = error.errno if isinstance(error, OSError) else error
    if number in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk that holds {place} is full: free some space and try again."
    if number == errno.EROFS:
        return f"The disk that holds {place} is read-only: the portal has to write there."
    if number in (errno.EACCES, errno.EPERM):
        return f"This user may not write to {place}: the portal has to write there."
    return None


def disk_error_in(text: str) -> int | None:
    """The number of the disk error that a program's output speaks of."""
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
        if os.strerror(number).lower() in text.lower():
            return number
    return None


def wanted(command: str) -> str:
    """The stamp that a finished installation for this command begins with."""
    return "".join(
        f"{name} {hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}\n"
        for name in LOCKS[command]
    )


def works(python: Path) -> bool:
    """Whether this interpreter starts: the one that a .venv was made from may be gone."""
    try:
        return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def is_ready(command: str) -> bool:
    """Whether .venv already holds what the lock file asks for."""
    return (
        STAMP.is_file()
        and STAMP.read_text(encoding="utf-8").startswith(wanted(command))
        and works(PYTHON)
    )


def installers(lock: Path) -> Iterator[list[str]]:
    """The commands that can fill .venv, best first.

    The lock file names every part, so nothing is left to work out. An older pip that works it out
    all the same refuses the lock as soon as there is a newer release of a part with extras.
    """
    flags = ["--require-hashes", "--no-deps", "--requirement", str(lock)]
    uv = shutil.which("uv")
    if uv:
        said = ["--quiet", "--compile-bytecode"]
        yield [uv, "pip", "install", *said, "--python", str(PYTHON), *flags]
    install = ["install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    if logged([sys.executable, "-m", "pip", "--python", str(PYTHON), "--version"]):
        yield [sys.executable, "-m", "pip", "--python", str(PYTHON), *install, *flags]
    elif logged([str(PYTHON), *ENSURE]):
        yield [str(PYTHON), "-m", "pip", *install, *flags]


def logged(command: list[str]) -> bool:
    """Run a command with its words in the log; whether it succeeded.

    It leads a group of its own, because pip starts another pip that would work on without us.
    """
    with (
        LOG.open("a", encoding="utf-8") as log,
        subprocess.Popen(command, stdout=log, stderr=log, process_group=0) as process,
    ):
        try:
            return process.wait() == 0
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def install(command: str) -> None:
    """Fill .venv from the lock file. Raises PlainError with the likely cause."""
    lock = ROOT / LOCKS[command][-1]
    sys.stderr.write("Installing the portal's parts into .venv; the first time takes a minute.\n")
    if not (STAMP.is_file() and works(PYTHON)):
        shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir(exist_ok=True)
    tried = False
    if works(PYTHON) or logged([sys.executable, "-m", "venv", "--without-pip", str(VENV)]):
        for installer in installers(lock):
            tried = True
            if logged(installer):
                STAMP.write_text(wanted(command), encoding="utf-8")
                return
    raise PlainError(why_not(LOG.read_text(encoding="utf-8", errors="replace"), tried))


def why_not(log: str, tried: bool) -> str:
    """One sentence for an installation that failed."""
    disk = disk_sentence(disk_error_in(log), VENV)
    if disk:
        return disk
    if not tried:
        return "Python has no pip here: install uv, or Debian's python3-venv package."
    if any(sign in log.lower() for sign in NO_NETWORK):
        return (
            "The portal's parts could not be downloaded: the first start needs the network "
            f"(details are in {LOG})."
        )
    return f"The portal's parts could not be installed: {LOG} tells why."


def prepare(command: str) -> None:
    """Make .venv ready, once at a time: ./run and ./test may be started together."""
    if is_ready(command):
        return
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_ready(command):
            install(command)


def stop(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def main(command: str, arguments: list[str]) -> None:
    # A shell starts background jobs with SIGINT ignored; stopping must work there too.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        prepare(command)
    except OSError as error:
        sentence = disk_sentence(error, ROOT)
        if sentence is None:
            raise
        raise PlainError(sentence) from error
    if command == "install":
        return
    os.chdir(ROOT)
    # Many processes start here, each of which would compile every module of ours anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    module = ["-m", "mutuals_portal.supervisor"]
    os.execv(PYTHON, [str(PYTHON), *module, command, *arguments])  # noqa: S606


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2:])
    except PlainError as error:
        sys.exit(str(error))
