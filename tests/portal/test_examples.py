"""The example people and records."""

import pytest
from django.core.management import call_command

from tests.portal.test_commands import snapshot


@pytest.mark.slow
def test_examples_twice_change_nothing(examples):
    before = snapshot()
    call_command("load_examples")
    assert snapshot() == before
