"""Each component gives the HTML that GOV.UK Frontend's own fixtures say it should."""

from typing import Any

import pytest

from mutuals_portal import components
from tests.look.official import fixtures
from tests.look.shape import shape

FIXTURES = {f"{name}-{fixture['name']}": (name, fixture) for name, fixture in fixtures()}
# An option that a component does not take -> why. A fixture that uses none of these must pass.
UNSUPPORTED: dict[str, str] = {}
MOST = 15


def paths(options: Any, path: str) -> set[str]:
    """Each option in use, like `radios.items[].hint.text`."""
    if isinstance(options, dict):
        inner = [paths(value, f"{path}.{key}") for key, value in options.items()]
    elif isinstance(options, list):
        inner = [paths(value, f"{path}[]") for value in options]
    else:
        inner = []
    return {path}.union(*inner)


def used(name: str) -> set[str]:
    component, fixture = FIXTURES[name]
    return paths(fixture["options"], component)


@pytest.mark.parametrize("name", [name for name in FIXTURES if not used(name) & set(UNSUPPORTED)])
def test_component_gives_the_official_html(name):
    component, fixture = FIXTURES[name]
    html = components.draw(component, fixture["options"])
    assert shape(html) == shape(fixture["html"])


def test_few_options_are_unsupported_and_each_is_used_by_a_fixture():
    assert len(UNSUPPORTED) <= MOST
    assert set(UNSUPPORTED) <= set().union(*map(used, FIXTURES))


def test_every_fixture_of_the_components_is_there():
    assert len({component for component, _fixture in FIXTURES.values()}) == 32
    assert len(FIXTURES) == 640
