"""What is written to the logs, one JSON object a line, and what never is: the tokens of links."""

import logging
import re
from typing import Any

import structlog

# What follows these words in an address lets its holder in.
SECRET_PLACES = (
    "/link/",
    "/join/",
    "/employer/",
    "/escalation/",
    "/vote/",
    "/advice/e/",
    "/ideas/mine/",
    "/accounts/confirm/",
    "/accounts/reset/",
)
TOKEN = re.compile(rf"({'|'.join(map(re.escape, SECRET_PLACES))})[^/?#\s\"'<>\\]+")

# What every line holds, whether structlog's own words or those of Django and Celery.
COMMON: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "mutuals_portal.logs.json_lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django's own handlers would write each line a second time, with its tokens.
    "loggers": {name: {"handlers": [], "level": "INFO"} for name in ("django", "django.server")},
}


def cut_tokens(text: str) -> str:
    """The text with the token of every link replaced by three dots."""
    return TOKEN.sub(r"\1...", text)


class CuttingFormatter(structlog.stdlib.ProcessorFormatter):
    """Cuts tokens out of the finished line, so that no field or traceback can hold one."""

    def format(self, record: logging.LogRecord) -> str:
        return cut_tokens(super().format(record))


def json_lines() -> CuttingFormatter:
    """Writes each line of the log as one JSON object, whoever says it."""
    return CuttingFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
        foreign_pre_chain=COMMON,
    )


def configure() -> None:
    """Let structlog write through the standard library, as everything else does."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *COMMON,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
