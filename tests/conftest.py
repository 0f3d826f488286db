"""What every test starts from."""

import gc
import io
import logging
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from django.conf import settings
from django.test import TransactionTestCase
from playwright.sync_api import expect

from tests import database
from tests.browser import portal, portal_url  # noqa: F401  # fixtures for everybody
from tests.roomy import Room
from tests.stored import Made, Stored

# Debian's names first; Playwright's own download cannot be reached from everywhere. The headless
# shell draws pages as Chromium does, without windows, menus and tabs of its own beside them.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Tests of these kinds take longest, the first the most.
LONGEST = ("portal", "browser", "slow")


def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "master")


def pytest_configure(config: pytest.Config) -> None:
    """Tests hash many passwords, none worth protecting; and share one broker.

    Properties have no deadline an example, and a browser waits long for what it expects: a busy
    machine is no broken property.
    """
    hypothesis.settings.register_profile("portal", deadline=None)
    hypothesis.settings.load_profile("portal")
    expect.set_options(timeout=30_000)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A web server looks at every static file as it starts: each test's client would too.
    settings.WHITENOISE_AUTOREFRESH = True
    database.own_broker(worker_name())
    config.pluginmanager.register(Room())
    TransactionTestCase._fixture_teardown = lambda case: database.empty()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whatever begins with a proposal brought somewhere takes a good part of a second: slow."""
    if "stored" in getattr(item, "fixturenames", ()):
        item.add_marker("slow")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the files that take longest begin first, so that no worker is left with one at the end.

    Whole portals are mostly waited for: in turn with browsers, so that no core waits too.
    """
    kinds: dict[Path, int] = {}
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        own = next((n for n, mark in enumerate(LONGEST) if mark in marks), len(LONGEST))
        kinds[item.path] = min(own, kinds.get(item.path, own))
    turns: Counter[int] = Counter()
    order = {}
    for path, kind in kinds.items():
        order[path] = (max(kind, LONGEST.index("browser")), turns[kind], kind)
        turns[kind] += 1
    items.sort(key=lambda item: order[item.path])


def pytest_collection_finish() -> None:
    """Make ready for many tests in one process."""
    # What is there by now stays: looking through it for cycles takes a twentieth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's, which would migrate once for every worker."""
    with django_db_blocker.unblock():
        database.make_database(worker_name())
    yield
    with django_db_blocker.unblock():
        database.drop_database(worker_name())


@pytest.fixture(scope="session")
def examples_database(django_db_setup: None, django_db_blocker: Any, testrun_uid: str) -> str:
    """The example people and records: loading them takes seconds, so it is done once a run."""
    with django_db_blocker.unblock():
        return database.with_examples(testrun_uid)


@pytest.fixture
def examples(examples_database: str, django_db_blocker: Any) -> Iterator[None]:
    """The database with the examples, for tests that look and change nothing."""
    with django_db_blocker.unblock(), database.used(examples_database):
        yield


@pytest.fixture(scope="session")
def made_before() -> dict[Any, Made]:
    return {}


@pytest.fixture
def stored(db: None, made_before: dict[Any, Made]) -> Stored:
    """Makes what many tests begin with; tests/stored.py tells how."""
    return Stored(made_before)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium. A missing one is a failure, never a skip."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        pytest.fail("There is no Chromium here: install it, or run ./test --quick.")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    return {"executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Replaces pytest-base-url's, which warns; pages are opened by whole addresses."""


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that the portal's own handler writes, its own words and those of Django."""
    handler = next(
        found
        for found in logging.getLogger().handlers
        if isinstance(found.formatter, structlog.stdlib.ProcessorFormatter)
    )
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)
