"""The probes, with parts that really stop or hang."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.test import Client, RequestFactory

from mutuals_portal import health
from mutuals_portal.supervisor import places, ports, valkey
from mutuals_portal.supervisor.children import Child, Children
from mutuals_portal.supervisor.signals import Signals
from mutuals_portal.wsgi import application

# Two seconds, and as much again for a machine that is busy with other tests.
BUSY = 4

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is remembered from the test before."""
    monkeypatch.setattr(health, "readiness", health.Readiness(health.QUESTIONS))


@pytest.fixture
def broker(tmp_path: Path, settings: Any) -> Iterator[Child]:
    """A broker of this test's own, that it may stop."""
    home = places.open_places(tmp_path)
    family = Children(home, Signals())
    server = valkey.embedded(home, "password")
    child = family.start(server.program())
    valkey.wait(server, child, family.signals)
    settings.REDIS_URL = server.url
    yield child
    child.process.send_signal(signal.SIGCONT)
    family.stop(["valkey"], patience=2)


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Controller]:
    settings.EMAIL_URL = "smtp://127.0.0.1"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = ports.free_port()
    settings.EMAIL_USE_SSL = False
    controller = Controller(Sink(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield controller
    if controller.server:
        controller.stop()


@pytest.mark.django_db
def test_door_for_the_web_server_leads_to_the_portal() -> None:
    said: list[str] = []
    request = RequestFactory().get("/healthz")
    answer = application(request.environ, lambda status, headers: said.append(status))
    assert (said, b"".join(answer)) == (["200 OK"], b"alive\n")


def readyz(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_alive_answers_any_host_without_tls_or_database(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["portal.example"]
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert not answer.cookies


@pytest.mark.django_db
def test_ready_names_what_is_away(broker: Child, mail_server: Controller, client: Client) -> None:
    # There is no worker in this test; the others answer.
    found = {"database": "ok", "broker": "ok", "worker": "away", "mail": "ok"}
    assert readyz(client) == (503, found)


@pytest.mark.django_db
def test_stopped_broker_is_told_at_once(broker: Child, client: Client) -> None:
    os.kill(broker.pid, signal.SIGKILL)
    broker.process.wait()
    began = time.monotonic()
    status, found = readyz(client)
    assert time.monotonic() - began < BUSY
    assert (status, found["broker"], found["database"]) == (503, "away", "ok")


@pytest.mark.django_db
def test_hanging_broker_is_told_within_two_seconds(broker: Child, client: Client) -> None:
    os.kill(broker.pid, signal.SIGSTOP)
    began = time.monotonic()
    status, found = readyz(client)
    assert time.monotonic() - began < BUSY
    assert status == 503
    assert found["broker"] in ("away", "no answer in time")
    assert found["database"] == "ok"


@pytest.mark.django_db
def test_stopped_mail_server_is_told(mail_server: Controller, client: Client) -> None:
    mail_server.stop()
    assert readyz(client)[1]["mail"] == "away"


@pytest.mark.django_db
def test_hanging_mail_server_is_told_within_two_seconds(settings: Any, client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_URL, settings.EMAIL_HOST = "smtp://127.0.0.1", "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_USE_SSL = silent.getsockname()[1], False
        began = time.monotonic()
        assert readyz(client)[1]["mail"] != "ok"
        assert time.monotonic() - began < BUSY


def test_stopped_database_is_told(client: Client, settings: Any, monkeypatch: Any) -> None:
    # Without the mark `django_db` the tests themselves refuse the database.
    assert readyz(client)[1]["database"] == "away"


def test_who_comes_while_another_asks_is_told_what_was_known() -> None:
    readiness = health.Readiness({"slow": lambda: time.sleep(30)})
    readiness.asking.acquire()
    began = time.monotonic()
    assert readiness.answers() == {"slow": "not asked yet"}
    assert time.monotonic() - began < 0.1


def test_answers_are_kept_for_a_second() -> None:
    asked = []
    readiness = health.Readiness({"part": lambda: asked.append(1)})
    assert readiness.answers() == readiness.answers() == {"part": "ok"}
    assert asked == [1]
    readiness.until = 0
    readiness.answers()
    assert asked == [1, 1]


def test_mail_in_files_needs_a_folder_that_can_be_written(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_URL = ""
    settings.MAIL_DIR = tmp_path
    health.ask_mail()
    settings.MAIL_DIR = tmp_path / "missing"
    with pytest.raises(PermissionError):
        health.ask_mail()
