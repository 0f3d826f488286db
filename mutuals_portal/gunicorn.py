"""How gunicorn serves the portal: for ./run and for the image alike."""

import os
from pathlib import Path

worker_class = "gthread"  # slow lines hold a request for long, and a thread is cheap
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
graceful_timeout = 20
# A worker's sign of life is a file's time: on a slow disk it would be taken for dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
# The application logs each request itself, with the tokens of links cut out.
accesslog = None
logger_class = "mutuals_portal.logs.GunicornLogger"
