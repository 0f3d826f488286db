"""Which ports are free on this machine."""

import random
import socket

from mutuals_portal.supervisor.bootstrap import PlainError

HERE = "127.0.0.1"
DEFAULT = 8000
TRIES = 50
# Below the ports that Linux and macOS lend to outgoing connections: a client that knocks on a
# stopped server's port among those can be lent that very port, and then the server cannot return.
INSIDE = range(15_000, 32_000)


def listen(port: int) -> socket.socket:
    """A listening socket. Raises OSError when the port cannot be had."""
    door = socket.socket()
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((HERE, port))
        door.listen(256)
    except OSError:
        door.close()
        raise
    return door


def is_free(port: int) -> bool:
    try:
        listen(port).close()
    except OSError:
        return False
    return True


def wished(wish: str) -> int:
    """The port that PORT asks for. Raises PlainError when it is none."""
    if not wish.isdecimal() or not wish.isascii() or not 0 < int(wish) < 65_536:
        raise PlainError(f"PORT must be a number from 1 to 65535, and is {wish!r}.")
    return int(wish)


def web_door(wish: str | None) -> socket.socket:
    """The socket that people reach: at the port asked for, or at 8000 or the next free one.

    The supervisor holds it, so that visitors wait while a web server restarts.
    Raises PlainError when the port asked for cannot be had.
    """
    if not wish:
        for port in range(DEFAULT, DEFAULT + TRIES):
            try:
                return listen(port)
            except OSError:
                continue
        raise PlainError(f"The ports from {DEFAULT} to {port} are all taken: choose one by PORT.")
    try:
        return listen(wished(wish))
    except PermissionError:
        raise PlainError(f"Port {wish} is for root only: choose one above 1023.") from None
    except OSError:
        raise PlainError(f"Port {wish} is taken: choose another by PORT.") from None


def free_port() -> int:
    """A port for a part inside, which nobody listens at now."""
    for _ in range(TRIES):
        port = random.choice(INSIDE)  # noqa: S311  # not a secret
        if is_free(port):
            return port
    raise PlainError("No free port was found on this machine.")
