import pytest

from proposals import reference
from tests.proposals import builders


@pytest.fixture
def scheme(db):
    return reference.load()


@pytest.fixture
def people(scheme):
    return builders.team()


@pytest.fixture
def staff(scheme):
    return builders.officials()
