"""The portal's own programs against a test's database: real web, worker, beat and broker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import redis
from django.conf import settings
from django.db import connection

from mutuals_portal.supervisor import valkey
from mutuals_portal.supervisor.ports import free_port
from tests.waiting import eventually

ROOT = Path(__file__).resolve().parent.parent


def database_url() -> str:
    """The address of this test's own database."""
    at = connection.settings_dict
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def told(var: Path, **more: str) -> dict[str, str]:
    """The environment of the portal's programs in this test."""
    return os.environ | {
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "PORTAL_VAR": str(var),
        "PORTAL_EMBEDDED": "1",
        **more,
    }


class Running:
    """One program, and its words in a file beside it."""

    def __init__(self, command: list[str], environment: Mapping[str, str], words: Path) -> None:
        self.words = words
        with words.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=dict(environment),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it and its children at once, as the kernel does when memory is short."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def worker(environment: Mapping[str, str], words: Path) -> Iterator[Running]:
    """A Celery worker that is ready."""
    running = Running(
        [
            *(sys.executable, "-m", "celery", "-A", "mutuals_portal", "worker"),
            *("--concurrency", "1", "--without-mingle", "--without-gossip", "--loglevel", "INFO"),
        ],
        environment,
        words,
    )
    try:
        eventually(lambda: " ready." in words.read_text("utf-8"), 30)
        yield running
    finally:
        running.stop()


@contextmanager
def portal(var: Path, **more: str) -> Iterator[str]:
    """Web, worker and timetable, with mail in files below `var`; its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (var / "static").symlink_to(settings.STATIC_ROOT)
    environment = told(var, PORTAL_URL=url, EMAIL_URL="", **more)
    with (
        web(environment, var / "web.words", port),
        worker(environment, var / "worker.words"),
        beat(environment, var / "beat.words"),
    ):
        yield url


@contextmanager
def web(environment: Mapping[str, str], words: Path, port: int) -> Iterator[str]:
    """A web server on this port, and its address."""
    command = [
        *(sys.executable, "-m", "gunicorn", "mutuals_portal.wsgi", "--workers", "1"),
        *("--config", "python:mutuals_portal.gunicorn", "--bind", f"127.0.0.1:{port}"),
    ]
    running = Running(command, environment, words)
    try:
        eventually(lambda: answers(f"http://127.0.0.1:{port}/healthz"), 30)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.stop()


@contextmanager
def beat(environment: Mapping[str, str], words: Path) -> Iterator[Running]:
    """The timetable, which tells the worker to sweep."""
    command = [sys.executable, "-m", "celery", "-A", "mutuals_portal", "beat", "--pidfile", ""]
    running = Running(command, environment, words)
    try:
        yield running
    finally:
        running.stop()


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310  our own address
            return bool(answer.status == 200)
    except OSError:
        return False


class Broker:
    """A Valkey of the test's own, to stop and start again."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.folder = folder
        self.running: Running | None = None

    def start(self) -> None:
        command = [str(valkey.server()), "--port", str(self.port), "--bind", "127.0.0.1"]
        more = ["--dir", str(self.folder), "--save", "", "--appendonly", "yes"]
        self.running = Running([*command, *more], os.environ, self.folder / "valkey.words")
        eventually(self.is_up)

    def stop(self) -> None:
        if self.running is not None:
            self.running.stop()
            self.running = None

    def is_up(self) -> bool:

        with redis.Redis.from_url(self.url, socket_connect_timeout=1) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False
