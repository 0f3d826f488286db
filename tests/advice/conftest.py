"""What every test of the advice line starts from: topics, providers, the policy."""

import pytest

from advice import reference


@pytest.fixture(autouse=True)
def line(request: pytest.FixtureRequest) -> None:
    """Load the reference data into the database of a test that has one."""
    marker = request.node.get_closest_marker("django_db")
    if marker is not None:
        name = "transactional_db" if marker.kwargs.get("transaction") else "db"
        request.getfixturevalue(name)
        reference.load()
