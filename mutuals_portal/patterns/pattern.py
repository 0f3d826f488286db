"""What a pattern is, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.http import HttpRequest
from django.template import RequestContext, Template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import slugify

Words = str | Promise
Given = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class State:
    """One way that a pattern looks.

    line: what a template writes to draw it. given: what that line names, or what makes it.
    """

    line: str
    given: Given
    label: Words = ""

    def draw(self, request: HttpRequest) -> SafeString:
        """Its HTML."""
        given = self.given() if callable(self.given) else self.given
        context = RequestContext(request, {**given})
        return _compiled(self.line).render(context)


@dataclass(frozen=True)
class Pattern:
    """A component: what it is called, when to use it, and its states."""

    name: Words
    when: Words
    states: tuple[State, ...]

    @cached_property
    def slug(self) -> str:
        """Its id on the page."""
        return f"pattern-{slugify(str(self.name))}"


@dataclass(frozen=True)
class Group:
    """Patterns that serve one end."""

    name: Words
    patterns: tuple[Pattern, ...]

    @cached_property
    def slug(self) -> str:
        """Its id on the page."""
        return f"group-{slugify(str(self.name))}"


def state(line: str, label: Words = "", **given: Any) -> State:
    """A state whose line names what is given."""
    return State(line, given, label)


@cache
def _compiled(line: str) -> Template:
    return Template(line)
