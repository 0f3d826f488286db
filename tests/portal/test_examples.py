"""The example people and records."""

import pytest
from django.core.management import call_command

from tests.portal.test_commands import snapshot


@pytest.mark.slow
@pytest.mark.django_db
def test_examples_twice_change_nothing():
    # Not in the examples of all workers, in which others sign in meanwhile.
    call_command("load_examples")
    before = snapshot()
    call_command("load_examples")
    assert snapshot() == before
