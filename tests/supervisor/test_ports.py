"""Which port people reach the portal at."""

import socket
from pathlib import Path

import pytest

from mutuals_portal.supervisor import ports
from mutuals_portal.supervisor.bootstrap import PlainError
from tests.supervisor.portal import said_instead_of_starting


def test_taken_default_gives_the_next_free_port() -> None:
    with ports.web_door(None) as first, ports.web_door(None) as second:
        assert second.getsockname()[1] > first.getsockname()[1] >= ports.DEFAULT


def test_chosen_port_is_used() -> None:
    port = ports.free_port()
    with ports.web_door(str(port)) as door:
        assert door.getsockname() == ("127.0.0.1", port)


@pytest.mark.parametrize("wish", ["http", "0", "65536", "-1", "8000.5", "²"])
def test_port_that_is_no_port_is_refused(wish: str) -> None:
    with pytest.raises(PlainError, match="PORT must be a number from 1 to 65535"):
        ports.web_door(wish)


@pytest.mark.slow
def test_taken_port_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = said_instead_of_starting(PORT=port, PORTAL_VAR=str(tmp_path))
    assert said == f"Port {port} is taken: choose another by PORT.\n"


def test_taken_default_and_all_after_it_are_refused_in_one_sentence(monkeypatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(ports, "DEFAULT", port)
        monkeypatch.setattr(ports, "TRIES", 1)
        with pytest.raises(PlainError, match=f"^The ports from {port} to {port} are all taken"):
            ports.web_door(None)


def test_no_port_inside_is_given_that_somebody_listens_at(monkeypatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(ports, "INSIDE", [taken.getsockname()[1]])
        with pytest.raises(PlainError, match="No free port"):
            ports.free_port()


def test_inside_port_is_never_one_that_clients_are_lent() -> None:
    lent = Path("/proc/sys/net/ipv4/ip_local_port_range")
    if lent.exists():
        low = int(lent.read_text().split()[0])
        assert max(ports.INSIDE) < low
    assert ports.free_port() in ports.INSIDE
