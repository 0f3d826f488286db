"""People for the tests of accounts."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User

PASSWORD = "three words together"


@pytest.fixture
def amina(db):
    """Somebody who has confirmed her address."""
    user = User.objects.create_user("amina@example.org", PASSWORD, name="Amina Yusuf")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client, amina):
    """Her browser, signed in through the door, so that allauth knows when it was."""
    client.post("/accounts/sign-in/", {"login": amina.email, "password": PASSWORD})
    return client
