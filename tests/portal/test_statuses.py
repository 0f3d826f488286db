"""The codes of statuses are spelled in one way, whatever the app."""

import re

import pytest

from activity import workflow

CODE = re.compile(r"[a-z]+(-[a-z]+)*")


@pytest.mark.parametrize("life", workflow.lifecycles(), ids=lambda life: life.name)
def test_the_words_of_a_code_are_joined_by_hyphens(life):
    assert [code for code in life.statuses.values if not CODE.fullmatch(code)] == []
