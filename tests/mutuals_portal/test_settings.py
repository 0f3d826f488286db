"""The settings, read anew from another environment."""

import importlib.util
from types import ModuleType

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> ModuleType:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.find_spec(settings.SETTINGS_MODULE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        # As docs/deploy.md writes them.
        ("submission://portal:se%20cret@mail.example:587", 587, True, False),
        ("smtp://portal:se%20cret@mail.example:465?ssl=True", 465, False, True),
    ],
)
def test_mail_server_is_read_from_one_address(
    monkeypatch: pytest.MonkeyPatch, address: str, port: int, tls: bool, ssl: bool
) -> None:
    found = read(monkeypatch, EMAIL_URL=address)
    assert found.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"
    server = (found.EMAIL_HOST, found.EMAIL_PORT)
    assert server == ("mail.example", port)
    assert (found.EMAIL_HOST_USER, found.EMAIL_HOST_PASSWORD) == ("portal", "se cret")
    safe = (found.EMAIL_USE_TLS, found.EMAIL_USE_SSL)
    assert safe == (tls, ssl)


def test_a_scan_is_required_only_where_there_is_a_scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read(monkeypatch).REQUIRE_SCAN
    with pytest.raises(ImproperlyConfigured, match="CLAMD_URL"):
        read(monkeypatch, REQUIRE_SCAN="1")
    assert read(monkeypatch, REQUIRE_SCAN="1", CLAMD_URL="/run/clamd").REQUIRE_SCAN


def test_clock_moves_only_in_a_test_database(monkeypatch: pytest.MonkeyPatch) -> None:
    server = "postgres://portal:secret@127.0.0.1:9"
    assert read(monkeypatch, PORTAL_TEST_CLOCK="1", DATABASE_URL=f"{server}/test_portal").TEST_CLOCK
    with pytest.raises(ImproperlyConfigured, match="only for a test database"):
        read(monkeypatch, PORTAL_TEST_CLOCK="1", DATABASE_URL=f"{server}/portal")
