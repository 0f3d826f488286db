"""What the logs say, and what they must not."""

import io
import json
import logging
import re
import sys
from collections.abc import Iterator

import pytest
import structlog
from django.test import Client
from django.urls import URLResolver, get_resolver
from gunicorn.config import Config

from mutuals_portal.gunicorn import CuttingLogger
from mutuals_portal.logs import SECRET_PLACES, cut_tokens


@pytest.mark.parametrize("place", SECRET_PLACES)
def test_token_is_cut_wherever_it_stands(place: str) -> None:
    for line in ("GET {} HTTP/1.1", "https://portal.example{}", '{{"path": "{}"}}', "({})", "{}"):
        told = cut_tokens(line.format(f"{place}aB3_-xyz/code/?next=/"))
        assert told == line.format(f"{place}.../code/?next=/")


def secret_routes(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """The addresses in the URL table that let their holder in, each with a secret filled in."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern).removeprefix("^").removesuffix("$")
        if isinstance(entry, URLResolver):
            yield from secret_routes(entry, route)
        elif "token>" in route:
            # What else it names, such as a file, opens nothing without the token.
            yield re.sub(r"<[^>]+>", "other", re.sub(r"<\w+:token>", "letmein", route))
        elif "key>" in route and route.startswith("/accounts/"):
            yield re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "letmein", route)


def test_every_secret_address_of_the_url_table_is_cut() -> None:
    routes = list(secret_routes(get_resolver()))
    assert len(routes) >= 5
    assert not [route for route in routes if "letmein" in cut_tokens(route)]


@pytest.mark.parametrize("line", ["GET /proposals/RTP-2026-0001/", "/linked/pages/", "/vote/"])
def test_other_addresses_are_left_whole(line: str) -> None:
    assert cut_tokens(line) == line


@pytest.mark.django_db
def test_request_is_logged_as_json_without_its_token(written: io.StringIO, client: Client) -> None:
    client.get("/join/letmein-4711/")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    finished = [line for line in lines if line["event"] == "request_finished"]
    assert finished[0]["request"] == "GET /join/.../"
    assert finished[0]["code"] == 404
    assert "letmein-4711" not in written.getvalue()
    assert "request_id" in finished[0]


def test_traceback_is_logged_without_a_token(written: io.StringIO) -> None:
    try:
        raise LookupError("/link/letmein-4711/")
    except LookupError:
        structlog.get_logger("portal").exception("went_wrong", place="/join/letmein-4711/")
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/link/letmein/")
    first, second = (json.loads(line) for line in written.getvalue().splitlines())
    assert first["place"] == "/join/.../"
    assert "LookupError: /link/.../" in first["exception"]
    assert second["event"] == "Internal Server Error: /link/.../"


def test_nothing_is_written_of_a_voters_page(written: io.StringIO) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", "/vote/letmein-4711/")
    logging.getLogger("django.security.csrf").warning("Forbidden: %s", "/vote/")
    structlog.get_logger("portal").info("request_started", request="GET /vote/letmein-4711/")
    assert written.getvalue() == ""
    logging.getLogger("portal").info("of votes and /proposals/RTP-2026-0001/ballot/")
    assert len(written.getvalue().splitlines()) == 1


def test_a_fault_on_a_voters_page_is_written_without_a_value(written: io.StringIO) -> None:
    try:
        raise LookupError("Canary for /vote/letmein-4711/")
    except LookupError:
        structlog.get_logger("portal").exception("went_wrong", choice="Canary")
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/vote/x/")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(lines) == 2
    for line in lines:
        assert line["event"].startswith("voters_page_broke")
        assert line["level"] == "error"
    assert "LookupError" in lines[1]["event"]
    assert "test_logs.py:" in lines[1]["event"]
    assert "Canary" not in written.getvalue()
    assert "vote/" not in written.getvalue()


def test_gunicorn_writes_no_token_and_nothing_of_a_voters_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logger = CuttingLogger(Config())
    for handler in logger.error_log.handlers:
        handler.setStream(sys.stderr)
    logger.error("Error handling request %s", "/employer/letmein-4711/?a=b")
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "Error handling request /employer/.../?a=b"
    assert line["level"] == "error"
    logger.error("Error handling request %s", "/vote/letmein-4711/")
    logger.warning("Slow request %s", "/vote/letmein-4711/")
    [said] = capsys.readouterr().err.splitlines()
    assert json.loads(said)["event"] == "voters_page_broke"
