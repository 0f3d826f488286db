"""What is written to the logs, and what must never be: the tokens of links."""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

# What follows these words in an address lets its holder in.
SECRET_PLACES = (
    r"/(?:link|join|employer|escalation|vote|advice/e)/",
    r"/accounts/(?:confirm-email|password/reset/key|[a-z/-]*confirm[a-z-]*|reset[a-z-]*)/",
)
TOKEN = re.compile(rf"((?:{'|'.join(SECRET_PLACES)}))[^/?#\s\"'<>]+")


def cut_tokens(text: str) -> str:
    """The text with the token of every link replaced by three dots."""
    return TOKEN.sub(r"\1...", text)


class CuttingFormatter(logging.Formatter):
    """Cuts tokens out of the finished line, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return cut_tokens(super().format(record))


class GunicornLogger(Logger):  # type: ignore[misc]
    """Gunicorn's own words, which can quote the address of a request that failed."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(CuttingFormatter(self.error_fmt, self.datefmt))
