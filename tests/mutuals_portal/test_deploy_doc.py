"""docs/deploy.md names every variable of the environment, and no other."""

import re

import pytest
from django.conf import settings

from activity.uploads import MEGABYTE

DOC = (settings.BASE_DIR / "docs" / "deploy.md").read_text()
TABLE = "".join(line for line in DOC.splitlines(keepends=True) if line.startswith("| `"))
DOCUMENTED = set(re.findall(r"`([A-Z][A-Z_]+)`", "".join(re.findall(r"^\| ([^|]+)", TABLE, re.M))))
READERS = {
    "mutuals_portal/settings.py": r'env\.\w+\(\s*"([A-Z_]+)"',
    "mutuals_portal/supervisor/run.py": r'environ\.get\("([A-Z_]+)"',
    "mutuals_portal/supervisor/places.py": r'environ\.get\("([A-Z_]+)"',
    "mutuals_portal/supervisor/services.py": r'environ\.get\("([A-Z_]+)"',
    "mutuals_portal/supervisor/alone.py": r'environ\.get\("([A-Z_]+)"',
    "mutuals_portal/supervisor/find-python.sh": r"\$\{([A-Z_]+):?-",
    "docker-compose.yml": r"\$\{([A-Z_]+)",
}


def read_in(path: str) -> set[str]:
    return set(re.findall(READERS[path], (settings.BASE_DIR / path).read_text()))


@pytest.mark.parametrize("path", READERS)
def test_every_variable_that_is_read_is_documented(path: str) -> None:
    found = read_in(path)
    assert found
    assert found <= DOCUMENTED


def test_every_documented_variable_is_read() -> None:
    assert set().union(*map(read_in, READERS)) >= DOCUMENTED


def test_every_variable_of_a_real_installation_reaches_compose_containers() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)`[^|]*\| ([^|]+) \| ([^|]+)", TABLE, re.M)
    elsewhere = ("`./run`", "The image", "Another folder")
    wanted = {
        name
        for name, needed, says in rows
        if needed not in ("never", "compose") and not says.startswith(elsewhere)
    }
    compose = (settings.BASE_DIR / "docker-compose.yml").read_text()
    given = set(re.findall(r"^    ([A-Z_]+): ", compose.partition("services:")[0], re.M))
    assert {"PORTAL_MAINTENANCE", "SECRET_KEY", "WORKER_CONCURRENCY"} <= wanted - {"PORTS"} <= given


def test_a_proxy_is_told_to_let_the_largest_file_through() -> None:
    [lets] = re.findall(r"client_max_body_size (\d+)m", DOC)
    assert int(lets) * MEGABYTE > settings.FILE_UPLOAD_MOST
