"""A mail server for the tests of delivery."""

from collections.abc import Iterator

import pytest

from tests import mailserver


@pytest.fixture
def postbox(settings) -> Iterator[mailserver.Postbox]:
    with mailserver.running() as (postbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield postbox
