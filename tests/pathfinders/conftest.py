"""People of the programme, and browsers signed in as them."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.pathfinders import factories


@pytest.fixture
def coordinator(db) -> User:
    return factories.coordinator()


@pytest.fixture
def stranger(db) -> User:
    return factories.person()


@pytest.fixture
def as_() -> Callable[[User], Client]:
    """A browser signed in as somebody."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser
