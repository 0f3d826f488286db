"""The image and the compose file, without the engine that would build them."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mutuals_portal.supervisor import alone, ports
from mutuals_portal.supervisor.bootstrap import LOCKS
from tests import database
from tests.supervisor.portal import ROOT, clean_environment, visit
from tests.waiting import eventually

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
# Seconds that the compose file gives a part to end: a worker finishes what it has begun.
GRACE = max(map(int, re.findall(r"stop_grace_period: (\d+)s", COMPOSE)))
REAL = {
    "SECRET_KEY": "only for this test" * 4,
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_URL": "https://portal.example",
    "PORTAL_FROM": "portal@portal.example",
}


def instructions(name: str) -> list[str]:
    """What the Dockerfile's instructions of one name say, each on one line."""
    joined = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{name} (.*)$", joined, re.MULTILINE)


def test_image_installs_with_the_script_of_run() -> None:
    assert "python -I mutuals_portal/supervisor/bootstrap.py install" in instructions("RUN")
    assert LOCKS["install"] == LOCKS["run"]


def test_image_does_not_run_as_root() -> None:
    assert instructions("USER") == ["portal"]


@pytest.mark.slow
def test_image_collects_static_files_without_any_service(tmp_path: Path) -> None:
    words = shlex.split(next(line for line in instructions("RUN") if "collectstatic" in line))
    told = dict(word.split("=", 1) for word in words if "=" in word)
    command = [sys.executable if "python" in word else word for word in words[len(told) :]]
    environment = clean_environment(**told, PORTAL_VAR=str(tmp_path))
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    assert list(tmp_path.glob("static/**/staticfiles.json"))


def test_compose_runs_the_parts_that_the_image_knows() -> None:
    commands = re.findall(r"^    command: \[(\w+)\]$", COMPOSE, re.MULTILINE)
    assert set(commands) == set(alone.COMMANDS)


def test_compose_has_no_secret_and_loads_no_examples() -> None:
    for name in ("SECRET_KEY", "EMAIL_URL", "POSTGRES_PASSWORD", "VALKEY_PASSWORD"):
        assert f"${{{name}:?" in COMPOSE
    assert "PORTAL_EMBEDDED" not in COMPOSE
    assert "load_examples" not in COMPOSE + DOCKERFILE


def test_compose_uses_the_database_that_run_embeds() -> None:
    assert "image: postgres:18\n" in COMPOSE


@pytest.mark.slow
@pytest.mark.parametrize("part", sorted(alone.COMMANDS))
def test_part_without_its_settings_is_refused_in_one_sentence(part: str) -> None:
    environment = clean_environment(**REAL)
    done = subprocess.run(
        [environment["PORTAL_PYTHON"], "-m", "mutuals_portal.supervisor", part],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    sentence = "The environment lacks DATABASE_URL, REDIS_URL: see docs/deploy.md.\n"
    assert (done.returncode, done.stderr) == (1, sentence)


@pytest.mark.portal
@pytest.mark.slow
@pytest.mark.usefixtures("django_db_setup")
def test_parts_of_the_image_work_together(tmp_path: Path) -> None:
    with database.server() as cursor:
        database.copy(cursor, "test_image")
    environment = clean_environment(
        **REAL,
        DATABASE_URL=database.address("test_image"),
        REDIS_URL=os.environ["REDIS_URL"],
        PORTAL_VAR=str(tmp_path),
        PORTAL_BIND=f"127.0.0.1:{(port := ports.free_port())}",
    )
    command = [environment["PORTAL_PYTHON"], "-m", "mutuals_portal.supervisor"]
    subprocess.run([*command, "prepare"], cwd=ROOT, env=environment, check=True)
    words = tmp_path / "words"
    with words.open("w") as log:
        parts = [
            subprocess.Popen([*command, part], cwd=ROOT, env=environment, stdout=log, stderr=log)
            for part in ("web", "worker", "beat")
        ]
    try:
        assert eventually(lambda: visit(port, "/healthz") == (200, "alive\n"))
        assert eventually(lambda: '"worker": "ok"' in visit(port, "/readyz")[1])
        assert eventually(lambda: "beat: Starting" in words.read_text())
    finally:
        for part in parts:
            part.send_signal(signal.SIGTERM)
        codes = [part.wait(GRACE) for part in parts]
        with database.server() as cursor:
            database.drop(cursor, "test_image")
    assert codes == [0, 0, 0]
