"""What makes a page not whole is found."""

import pytest

from tests.house.whole import faults


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<!DOCTYPE html><title>a</title><h1>a</h1><p style='a'>b", "inline"),
        ("<!DOCTYPE html><title>a</title><h1>a</h1><p id=a><p id=a>", "twice"),
        ("<!DOCTYPE html><title>a</title><p>b", "h1"),
        ("<title>a</title><h1>a</h1>", "expected-doctype"),
        ("<!DOCTYPE html><title>a</title><h1 class='govuk-cookie-banner'>a</h1>", "portal.css"),
    ],
)
def test_each_fault_is_found(text, fault):
    [found] = faults("/", text)
    assert fault in found
