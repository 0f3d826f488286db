"""How a command of the supervisor ends: with its code, or in one sentence."""

import errno
import sys

import pytest

from mutuals_portal.supervisor import __main__ as main
from mutuals_portal.supervisor.bootstrap import PlainError
from mutuals_portal.supervisor.signals import Stopped

FULL = OSError(errno.ENOSPC, "No space left on device", "/data/web.log")


def ends(monkeypatch: pytest.MonkeyPatch, error: Exception | None) -> int:
    """Run a command that raises this, or that ends well."""

    def command(arguments: list[str]) -> int:
        if error is not None:
            raise error
        return len(arguments)

    monkeypatch.setitem(main.COMMANDS, "try", command)
    monkeypatch.setattr(sys, "argv", ["supervisor", "try", "a", "b"])
    return main.main()


def test_command_gets_its_arguments_and_gives_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ends(monkeypatch, None) == 2


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PlainError("No."), "No.\n"),
        (Stopped(), "Stopped.\n"),
        (FULL, "The disk that holds /data/web.log is full: free some space and try again.\n"),
    ],
)
def test_what_stops_a_command_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    sentence: str,
) -> None:
    assert ends(monkeypatch, error) == 1
    assert capsys.readouterr().err == sentence


def test_fault_of_our_own_is_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="Bad file descriptor"):
        ends(monkeypatch, OSError(errno.EBADF, "Bad file descriptor"))
