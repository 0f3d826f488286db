"""One part alone, as a container runs it: the same commands as `./run`, with no supervisor."""

import os
import sys
from collections.abc import Callable
from functools import partial

from mutuals_portal.supervisor import services
from mutuals_portal.supervisor.bootstrap import ROOT, PlainError

NEEDED = (
    *services.NEEDED,
    *("DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "PORTAL_URL", "PORTAL_FROM"),
)


def become(command: list[str], _arguments: list[str]) -> int:
    """Turn into the part, so that it gets the container's signals itself."""
    check()
    os.chdir(ROOT)
    os.execv(command[0], command)  # noqa: S606


def check() -> None:
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        raise PlainError(f"The environment lacks {', '.join(missing)}: see docs/deploy.md.")


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    # Once, before the others start.
    "prepare": partial(become, [sys.executable, "manage.py", "prepare"]),
    # Every interface: a container is reached by its own address.
    "web": partial(become, services.gunicorn(os.environ.get("PORTAL_BIND", "0.0.0.0:8000"))),
    "worker": partial(become, services.celery("worker")),
    # Beat's notes of what it last sent may be lost: everything due is also in the database.
    "beat": partial(become, [*services.celery("beat"), "--schedule", "/tmp/beat"]),  # noqa: S108
}
