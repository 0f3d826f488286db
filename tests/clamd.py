"""A small server that speaks clamd's INSTREAM, on a real socket: the daemon itself is not here."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

VIRUS = b"EICAR"
LIMIT = 2_000


class Daemon(socketserver.ThreadingTCPServer):
    """Hears one file a connection. `mood`: how it answers; `heard`: every file that came whole."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, place: Any) -> None:
        self.mood = "well"
        self.heard: list[bytes] = []
        super().__init__(place, Line)


class OnASocket(Daemon):
    address_family = socketserver.socket.AF_UNIX


class Line(socketserver.StreamRequestHandler):
    """One conversation."""

    server: Daemon

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
            if self.server.mood == "dies":
                return
            if self.server.mood == "small" and len(content) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.heard.append(content)
        if self.server.mood == "slow":
            time.sleep(0.4)
        self.wfile.write(self.said(content))

    def said(self, content: bytes) -> bytes:
        if self.server.mood == "confused":
            return b"stream: Can't allocate memory ERROR\0"
        return b"stream: Eicar-Test FOUND\0" if VIRUS in content else b"stream: OK\0"


@contextmanager
def running(path: Path | None = None) -> Iterator[tuple[Daemon, str]]:
    """A daemon and its address: a port of this machine, or a socket at a path."""
    daemon = OnASocket(str(path)) if path else Daemon(("127.0.0.1", 0))
    address = str(path) if path else f"tcp://127.0.0.1:{daemon.server_address[1]}"
    threading.Thread(target=daemon.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield daemon, address
    finally:
        daemon.shutdown()
        daemon.server_close()
