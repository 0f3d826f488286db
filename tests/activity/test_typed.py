"""What somebody typed is shown to them to copy, and what our own pages put there is not."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import RequestFactory

from activity.typed import NOT_TYPED, typed_in

ROOT = Path(__file__).resolve().parent.parent.parent
BUTTON = re.compile(r'<button\b[^>]*\bname="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="((?:{{.*?}}|[^"{])*)"')
# Names that are no mark of ours, and why.
KNOWN = {
    "{{ input.name }}": "drawn from a form of Python, which is looked at below",
    "{{ redirect_field_name|default:'next' }}": "allauth's name of it is ours: next",
    "{{ field.html_initial_name }}": "what a field showed before: left out by how it begins",
    "{{ name }}": "of a form that is fetched, never posted; and what was typed, carried along",
    "view": "of a form that is fetched, never posted",
    "email": "an address that somebody typed before",
}


def names_in_templates() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.html"):
        words = path.read_text("utf-8")
        yield from BUTTON.findall(words)
        yield from HIDDEN.findall(words)


def names_in_forms() -> Iterator[str]:
    """The hidden fields of our forms, where they are declared by name."""
    for app in ("accounts", "activity", "advice", "pathfinders", "proposals", "mutuals_portal"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Assign) and "widget=forms.HiddenInput" in ast.unparse(node):
                    yield from (t.id for t in node.targets if isinstance(t, ast.Name))


@pytest.mark.slow
def test_every_button_and_hidden_field_is_known_to_be_ours():
    found = set(names_in_templates()) | set(names_in_forms())

    assert {"join", "then", "open-link", "seen", "once", "asked", "began"} <= found
    assert not found - NOT_TYPED - set(KNOWN)
    assert not set(KNOWN) - found


@pytest.mark.parametrize("name", ["join", "then", "press", "csrfmiddlewaretoken", "old_password"])
def test_what_our_pages_put_into_a_form_is_not_shown(name):
    request = RequestFactory().post("/", {name: "yes", "text": " Mine ", "rows-TOTAL_FORMS": "3"})

    assert typed_in(request) == [" Mine "]
