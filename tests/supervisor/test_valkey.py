"""The embedded broker until it answers, and one that never does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mutuals_portal.supervisor import places, valkey
from mutuals_portal.supervisor.bootstrap import PlainError
from mutuals_portal.supervisor.children import Children, Program
from mutuals_portal.supervisor.signals import Signals

LATE = 'sleep 0.2; exec "$0" "$@"'


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Children]:
    running = Children(places.open_places(tmp_path), Signals())
    yield running
    running.stop(list(running.running), patience=2)


def started(family: Children, broker: valkey.Valkey, *command: str) -> None:
    """Start it by way of a command, and wait for it."""
    usual = broker.program()
    program = Program("valkey", [*command, *usual.command], usual.environment, folder=usual.folder)
    valkey.wait(broker, family.start(program), family.signals)


def test_broker_that_takes_its_time_is_waited_for(family: Children) -> None:
    broker = valkey.embedded(family.places, "secret")
    started(family, broker, "/bin/sh", "-c", LATE)
    assert valkey.answers(broker)


def test_broker_that_ends_is_told_with_its_log(family: Children) -> None:
    broker = valkey.embedded(family.places, "secret")
    with pytest.raises(PlainError, match=r"Valkey does not start: .*valkey\S* tells why\."):
        started(family, broker, "/bin/false")


@pytest.mark.slow
def test_missing_broker_is_told_with_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valkey.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(PlainError, match=re.escape("is not installed: run ./run or ./test.")):
        valkey.server()
