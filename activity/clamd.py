"""Asking clamd about some bytes, by its INSTREAM: nothing is ever written for it to read."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

PORT = 3310
# Seconds for each answer of the network; a large file is scanned within a few.
PATIENCE = 30.0
MOST_SAID = 4096


class NotScanned(Exception):
    """The scanner gave no verdict. `again`: whether to ask another time."""

    def __init__(self, said: str, *, again: bool = True) -> None:
        super().__init__(said)
        self.again = again


def is_infected(address: str, content: Iterable[bytes]) -> bool:
    """Whether the scanner at an address finds something in these bytes.

    address: tcp://host:port or the path of a socket. content: in chunks below four gigabytes.
    Raises NotScanned when it is away, too slow, ends in the middle, or refuses the size.
    """
    try:
        with _line_to(address) as line:
            # One that refuses the size says so and hangs up while we still send.
            with suppress(BrokenPipeError, ConnectionResetError):
                _send(line, content)
            said = _answer(line)
    except OSError as error:
        raise NotScanned(type(error).__name__) from error
    if said.endswith("FOUND"):
        return True
    if said != "stream: OK":
        raise NotScanned("no verdict", again="size limit" not in said)
    return False


def _send(line: socket.socket, content: Iterable[bytes]) -> None:
    line.sendall(b"zINSTREAM\0")
    for chunk in content:
        line.sendall(len(chunk).to_bytes(4, "big") + chunk)
    line.sendall(bytes(4))


def _line_to(address: str) -> socket.socket:
    if address.startswith("tcp://"):
        place = urlsplit(address)
        return socket.create_connection((place.hostname, place.port or PORT), timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    line.connect(address.removeprefix("unix:"))
    return line


def _answer(line: socket.socket) -> str:
    said = b""
    while len(said) < MOST_SAID and not said.endswith(b"\0"):
        part = line.recv(MOST_SAID)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
