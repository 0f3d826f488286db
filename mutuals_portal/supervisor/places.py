"""Where the portal keeps its data on this machine, and what it keeps secret there."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mutuals_portal.supervisor.bootstrap import ROOT, PlainError, disk_sentence

ROOM_MB = 200
# PostgreSQL refuses to run as root. This user, "nobody", exists wherever root does.
NOBODY = 65534


@dataclass(frozen=True)
class Places:
    """The folders of one running portal."""

    var: Path

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def secrets(self) -> Path:
        return self.var / "secrets.json"

    @property
    def children(self) -> Path:
        return self.var / "children.json"


def open_places(var: Path) -> Places:
    """Make the folders. Raises PlainError where the disk is full or may not be written."""
    places = Places(var)
    try:
        var.mkdir(parents=True, exist_ok=True)
        # Mail holds links that sign people in, and logs hold addresses.
        for private in (places.logs, var / "mail", var / "valkey"):
            private.mkdir(mode=0o700, exist_ok=True)
        probe = var / ".probe"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        raise PlainError(disk_sentence(error, var) or f"{var} cannot be used: {error}.") from error
    free = shutil.disk_usage(var).free // 1_000_000
    if free < ROOM_MB:
        raise PlainError(
            f"The disk that holds {var} is full: {free} MB are free and {ROOM_MB} MB are needed."
        )
    return places


def claim(places: Places) -> IO[str]:
    """Hold the folder for this supervisor until the file returned is closed.

    The kernel lets go when the process dies, however it dies.
    Raises PlainError while another supervisor holds it.
    """
    lock = (places.var / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with lock:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
        raise PlainError(
            f"The portal is already running from {places.var} as process {holder}."
        ) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def secret(places: Places, name: str) -> str:
    """A secret that is made once and kept from run to run, for this user's eyes only."""
    known: dict[str, str] = {}
    if places.secrets.exists():
        known = json.loads(places.secrets.read_text(encoding="utf-8"))
    if name not in known:
        known[name] = secrets.token_urlsafe(48)
        write_private(places.secrets, json.dumps(known))
    return known[name]


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; nobody else may read it at any moment."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def outside(places: Places) -> Path:
    """A folder that "nobody" can reach when the checkout lies below one that it cannot."""
    return owned_folder(away(places.var))


def away(var: Path) -> Path:
    """The address of that folder, whether or not it is there."""
    name = hashlib.sha256(str(var).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"mutuals-{name}"  # noqa: S108  # checked by owned_folder


def owned_folder(path: Path) -> Path:
    """A folder of ours in a place where all may write: never one that another user put there."""
    path.mkdir(mode=0o755, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise PlainError(f"{path} belongs to somebody else: please remove it.")
    return path


def default_var() -> Path:
    return Path(os.environ.get("PORTAL_VAR") or ROOT / "var").absolute()
