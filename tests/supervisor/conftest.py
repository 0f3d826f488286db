import shutil
from collections.abc import Iterator

import pytest

from mutuals_portal.supervisor import places


@pytest.fixture(scope="session", autouse=True)
def nothing_left_away_from_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Root's runs put data where "nobody" reaches them: away from the folder that pytest clears."""
    yield
    for log in tmp_path_factory.getbasetemp().rglob("log"):
        shutil.rmtree(places.away(log.parent), ignore_errors=True)
