"""A plugin of pytest that measures: `-p tests.measuring.plugin --measured REPORT`.

It is loaded before anything imports a module of ours, in each process of pytest.
"""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.measuring.probes import Probes

# Names the folder, for the workers and for `program`.
TOLD = "PORTAL_TESTS_SAW"
PROBES = Probes()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--measured", type=Path, help="Where to report what the tests run through.")


def pytest_configure(config: pytest.Config) -> None:
    if is_first(config):
        folder = config.getoption("measured").resolve().with_suffix(".seen")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        os.environ[TOLD] = str(folder)
    PROBES.folder = Path(os.environ[TOLD])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """The workers have written when the first process gets here."""
    if is_first(session.config):
        session.config.getoption("measured").write_text(json.dumps(PROBES.united()))
    else:
        PROBES.write()


def is_first(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")
