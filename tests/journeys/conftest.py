"""The portal as it runs in earnest, and people at browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.core.management import call_command

from accounts.models import Appointment, Organisation, Role, User
from activity import clock
from tests import processes
from tests.browser import sign_in
from tests.journeys.people import PASSWORD, PHONE, Person, only_whole


@pytest.fixture
def house(transactional_db: None, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Web and worker on a database with the reference data; the address, and where mail goes."""
    call_command("load_reference")
    with processes.portal(tmp_path) as url:
        yield url, tmp_path


@pytest.fixture
def visit(house: tuple[str, Path], browser: Any) -> Iterator[Callable[..., Person]]:
    """Sit somebody down at a browser. The screen and the look at each page are the test's."""
    contexts = []

    def sit(name: str, address: str, screen: dict[str, Any], look: Callable[[Any], None]) -> Person:
        context = browser.new_context(**screen)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Person(name, address, context.new_page(), *house, look)

    yield sit
    for context in contexts:
        context.close()


@pytest.fixture
def sit(browser: Any, portal: str, tmp_path: Path) -> Iterator[Callable[[User], Person]]:
    """Sit somebody down at a phone without JavaScript, signed in or not yet."""
    contexts = []

    def at_a_phone(user: User, *, signed_in: bool = True) -> Person:
        context = browser.new_context(**PHONE)
        contexts.append(context)
        if signed_in:
            sign_in(context, portal, user)
        return Person(user.name, user.email, context.new_page(), portal, tmp_path, only_whole)

    yield at_a_phone
    for context in contexts:
        context.close()


def official(name: str, address: str, role: Role, body: str) -> User:
    """Somebody who was appointed before the story begins."""
    # As the web hashes it: these tests' own quick hasher is unknown there.
    user = User.objects.create_user(address, name=name)
    user.password = make_password(PASSWORD, hasher=Argon2PasswordHasher())
    user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    Appointment.objects.create(
        user=user,
        role=role,
        organisation=Organisation.objects.get(slug=body),
        starts_on=clock.today(),
    )
    return user
