"""What is written to the logs, one JSON object a line, and what never is: the tokens of links.

Of voters' pages nothing is written at all: not that somebody was there, nor when.
"""

import logging
import re
import traceback
from typing import Any

import structlog

# What follows these words in an address lets its holder in.
SECRET_PLACES = (
    "/link/",
    "/join/",
    "/employer/",
    "/escalation/",
    "/scrutineer/",
    "/vote/",
    "/advice/e/",
    "/ideas/mine/",
    "/accounts/confirm/",
    "/accounts/reset/",
)
TOKEN = re.compile(rf"({'|'.join(map(re.escape, SECRET_PLACES))})[^/?#\s\"'<>\\]+")

# A voter's page, whose requests stand in no log.
UNLOGGED = re.compile(r"/vote(?:/|\b)")

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
    "filters": {"voters": {"()": "mutuals_portal.logs.NothingOfVoters"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["voters"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django's own handlers would write each line a second time, with its tokens.
    "loggers": {name: {"handlers": [], "level": "INFO"} for name in ("django", "django.server")},
}


def cut_tokens(text: str) -> str:
    """The text with the token of every link replaced by three dots."""
    return TOKEN.sub(r"\1...", text)


class NothingOfVoters(logging.Filter):
    """Drops each line about a voter's page.

    Of a fault of ours there it keeps where in the code it happened, and no value.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if not is_about_voters(record):
            return True
        if record.levelno < logging.ERROR:
            return False
        words = f"voters_page_broke {_places(record)}".strip()
        record.msg = {"event": words, "level": "error"} if isinstance(record.msg, dict) else words
        record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
        record.__dict__.pop("request", None)
        return True


def is_about_voters(record: logging.LogRecord) -> bool:
    """Whether a line, or the request or the fault that it tells of, is of a voter's page."""
    error = record.exc_info[1] if record.exc_info else None
    asked = getattr(getattr(record, "request", None), "path", "")
    return bool(UNLOGGED.search(f"{record.msg} {record.args} {error} {asked}"))


def _places(record: logging.LogRecord) -> str:
    """The kind of a fault, and the lines of code through which it came."""
    kind, _error, trace = record.exc_info or (None, None, None)
    lines = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
    return " ".join([kind.__name__ if kind else "", *lines]).strip()


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
