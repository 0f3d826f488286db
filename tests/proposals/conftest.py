import pytest

from proposals import reference
from tests.proposals import builders


@pytest.fixture
def scheme(stored):
    return stored(reference.load)


@pytest.fixture
def people(stored, scheme):
    return stored(builders.team)


@pytest.fixture
def staff(stored, scheme):
    return stored(builders.officials)
