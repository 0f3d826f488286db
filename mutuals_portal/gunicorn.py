"""How gunicorn serves the portal: for ./run and for the image alike."""

from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from mutuals_portal.logs import NothingOfVoters, json_lines


class CuttingLogger(Logger):  # type: ignore[misc]
    """Gunicorn's own words, which quote the address of a request that fails or hangs."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(json_lines())
            handler.addFilter(NothingOfVoters())


worker_class = "gthread"  # slow lines hold a request for long, and a thread is cheap
threads = 4
timeout = 60
graceful_timeout = 20
# A worker's sign of life is a file's time: on a slow disk it would be taken for dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
# The application logs each request itself.
accesslog = None
logger_class = CuttingLogger
